import { z } from 'zod';
import {
  actionSchema,
  optionalTextSchema,
  priceSchema,
  quantitySchema,
  upperWordSchema,
  wordSchema,
} from './fields.ts';
import { orderIdSchema } from './order-id.ts';

const statuses = ['open', 'trigger pending', 'complete', 'rejected', 'cancelled'] as const;

/**
 * One row of OpenAlgo's order book. Live rows have no strategy and no filled quantity, and some
 * adapters give a row the status of the row before: a status of one read proves nothing.
 */
export const orderRowSchema = z
  .object({
    orderid: orderIdSchema,
    symbol: wordSchema,
    exchange: upperWordSchema,
    product: upperWordSchema,
    action: actionSchema,
    quantity: quantitySchema,
    order_status: z.unknown().optional(),
    pricetype: optionalTextSchema,
    price: priceSchema,
    trigger_price: priceSchema,
    average_price: priceSchema,
    filled_quantity: quantitySchema.nullish().catch(null),
    strategy: optionalTextSchema,
    rejection_reason: optionalTextSchema,
    timestamp: optionalTextSchema,
    client_order_id: optionalTextSchema,
  })
  .transform((row) => ({
    /** Null: the row cannot be told from others, and a book with such a row is not clean. */
    brokerOrderId: row.orderid,
    symbol: row.symbol,
    exchange: row.exchange,
    product: row.product,
    action: row.action,
    quantity: row.quantity,
    status: parseStatus(row.order_status),
    priceType: row.pricetype,
    price: row.price,
    triggerPrice: row.trigger_price,
    averagePrice: row.average_price,
    filledQuantity: row.filled_quantity ?? null,
    strategy: row.strategy,
    rejectionReason: row.rejection_reason,
    /** As the broker writes it: no zone, its own format, often the time of the last update. */
    timestamp: row.timestamp,
    /** The id that its caller gave it; null where OpenAlgo shows none. */
    clientOrderId: row.client_order_id,
  }));

export type OrderRow = z.infer<typeof orderRowSchema>;

function parseStatus(value: unknown): (typeof statuses)[number] | 'other' {
  // Not String(value): an object with a `toString` of its own makes that throw.
  if (typeof value !== 'string') return 'other';
  const text = value.trim().toLowerCase().replaceAll('_', ' ');
  if (text === 'canceled') return 'cancelled';
  return statuses.find((status) => status === text) ?? 'other';
}
