import type { AccountId } from '@orderlane/domain/ids';
import type { Generated } from 'kysely';

export interface BrokerOrdersTable {
  account_id: AccountId;
  broker_order_id: string;
  exchange: string;
  symbol: string;
  product: string;
  action: string;
  quantity: number;
  status: string;
  filled_quantity: Generated<number>;
  average_price: string | null;
  broker_time: string | null;
  first_seen_at: Generated<Date>;
  last_seen_at: Generated<Date>;
}
