import { z } from '@hono/zod-openapi';
import { orderStatuses } from '@orderlane/domain/order';
import { instant } from './common.ts';

/** An order as `orderData` of libs/manage shows it. */
export const order = z
  .object({
    id: z.string(),
    signal_id: z.string().nullable(),
    strategy_id: z.number(),
    strategy: z.string(),
    account_id: z.number(),
    stored_at: instant,
    exchange: z.string(),
    symbol: z.string(),
    product: z.string(),
    role: z.enum(['entry', 'exit']),
    lane: z.enum(['regular', 'smart']),
    action: z.enum(['BUY', 'SELL']),
    quantity: z.number(),
    target_position: z.number().nullable(),
    status: z.enum(orderStatuses),
    attempt: z.number(),
    sent_at: instant.nullable(),
    broker_order_id: z.string().nullable(),
    mode: z.enum(['live', 'analyze']).nullable(),
    filled_quantity: z.number(),
    average_price: z.string().nullable(),
    code: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .openapi('Order');

export const orderStory = order
  .extend({
    events: z.array(
      z.object({
        seq: z.number(),
        at: instant,
        from_status: z.string().nullable(),
        to_status: z.string(),
        attempt: z.number(),
        code: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    executions: z.array(
      z.object({
        attempt: z.number(),
        executor: z.string(),
        claimed_at: instant,
        sent_at: instant.nullable(),
        answered_at: instant.nullable(),
        http_status: z.number().nullable(),
        outcome: z.string().nullable(),
        answer: z.string().nullable(),
      }),
    ),
  })
  .openapi('OrderStory');
