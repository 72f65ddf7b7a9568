import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Generated } from 'kysely';

export interface PositionsTable {
  strategy_instrument_id: number;
  mode: TradingModeSeen;
  own: Generated<number>;
  entries: Generated<number>;
  updated_at: Generated<Date>;
}
