import type { OrderId } from '@orderlane/domain/ids';

export interface ExecutionsTable {
  order_id: OrderId;
  attempt: number;
  executor: string;
  claimed_at: Date;
  sent_at: Date | null;
  answered_at: Date | null;
  http_status: number | null;
  outcome: string | null;
  answer: string | null;
}
