import { brandIds, type OrderId } from './ids.ts';

const form = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-\d{1,3}$/;

/**
 * The id of ours that goes with an attempt where OpenAlgo takes one: 34 characters or a few more of
 * 0-9, a-f and `-`. Each attempt has its own, because a server may answer one that comes again with
 * what it answered first, a refusal for which the order is sent again included.
 */
export function clientOrderId(orderId: OrderId, attempt: number): string {
  return `${orderId.replaceAll('-', '')}-${attempt}`;
}

/** The order whose attempt an id of an order-book row names; null: it is none of ours. */
export function orderOfClientId(text: string): OrderId | null {
  const [, ...parts] = form.exec(text.trim().toLowerCase()) ?? [];
  return parts.length === 0 ? null : brandIds.order(parts.join('-'));
}
