import type { AccountId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Generated } from 'kysely';

export interface BrokerOrdersTable {
  account_id: AccountId;
  broker_order_id: string;
  mode: TradingModeSeen;
  exchange: string;
  symbol: string;
  product: string;
  action: string;
  quantity: number;
  status: string;
  status_reads: Generated<number>;
  status_since: Date;
  filled_quantity: Generated<number>;
  average_price: string | null;
  broker_time: string | null;
  client_order_id: string | null;
  absent_at: Date | null;
  first_seen_at: Generated<Date>;
  last_seen_at: Generated<Date>;
}
