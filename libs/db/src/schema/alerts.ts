import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { Generated, GeneratedAlways } from 'kysely';

export interface AlertsTable {
  id: GeneratedAlways<number>;
  code: RefusalCode;
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
  /** Every target has it. */
  sent_at: Date | null;
  given_up_at: Date | null;
}
