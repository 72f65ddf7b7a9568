import type { AccountId, OrderId } from '@orderlane/domain/ids';

export interface SubmissionsTable {
  order_id: OrderId;
  account_id: AccountId;
  fingerprint: string;
}
