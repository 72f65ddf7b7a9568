import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { PositionScope } from '@orderlane/domain/strategy';
import type { Generated } from 'kysely';

export interface ClosingsTable {
  id: string;
  strategy_instrument_id: number;
  cause: 'signal' | 'square_off' | 'flatten' | 'person' | 'late_fill';
  priority: number;
  status: Generated<'open' | 'verified' | 'nothing_open' | 'failed'>;
  scope: Generated<PositionScope>;
  mode: TradingModeSeen | null;
  target: Generated<number>;
  wish_seq: Generated<number>;
  square_off_id: number | null;
  opened_at: Generated<Date>;
  closes_at: Generated<Date>;
  next_step_at: Generated<Date>;
  worker: string | null;
  lease_until: Generated<Date>;
  flat_since: Date | null;
  flat_quantity: number | null;
  told: Generated<string[]>;
  ended_at: Date | null;
  detail: string | null;
}
