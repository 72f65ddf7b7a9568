import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Generated, GeneratedAlways } from 'kysely';

export interface AlertsTable {
  id: GeneratedAlways<number>;
  code: string;
  subject: string;
  bucket: Date;
  at: Generated<Date>;
  last_at: Generated<Date>;
  count: Generated<number>;
  account_id: AccountId | null;
  strategy_id: StrategyId | null;
  order_id: OrderId | null;
  signal_id: SignalId | null;
  text: string;
  sent_at: Date | null;
}
