import type { Action, OrderRequest, PriceType, Product } from '../books/order.ts';
import type { Data } from '../schema/load.ts';

/** An order out of data that passed the order schemas. */
export function orderRequest(data: Data): OrderRequest {
  return {
    strategy: textOf(data, 'strategy'),
    symbol: textOf(data, 'symbol'),
    exchange: textOf(data, 'exchange'),
    action: textOf(data, 'action').toUpperCase() as Action,
    quantity: numberOf(data, 'quantity'),
    pricetype: textOf(data, 'pricetype') as PriceType,
    product: textOf(data, 'product') as Product,
    price: numberOf(data, 'price'),
    triggerPrice: numberOf(data, 'trigger_price'),
    clientOrderId: textOf(data, 'client_order_id') || null,
  };
}

/** A text that the schema has made sure of. */
export function textOf(data: Data, name: string): string {
  return String(data.get(name) ?? '');
}

/** A number that the schema has made sure of. */
export function numberOf(data: Data, name: string): number {
  return Number(data.get(name) ?? 0);
}
