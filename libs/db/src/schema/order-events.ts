import type { OrderId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Generated, GeneratedAlways } from 'kysely';

export interface OrderEventsTable {
  seq: GeneratedAlways<number>;
  order_id: OrderId;
  at: Generated<Date>;
  from_status: OrderStatus | null;
  to_status: OrderStatus;
  attempt: number;
  code: string | null;
  reason: string | null;
}
