import type { OrderId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Generated, GeneratedAlways } from 'kysely';

export interface PositionMovesTable {
  id: GeneratedAlways<number>;
  strategy_instrument_id: number;
  mode: TradingModeSeen;
  at: Generated<Date>;
  cause: 'fill' | 'smart' | 'closing' | 'person' | 'day_end' | 'expiry' | 'rebuild';
  order_id: OrderId | null;
  fill_quantity: Generated<number>;
  own_before: number;
  own_after: number;
}
