import type { Exchange, Instrument, Product } from './instrument.ts';
import type { Action } from './order-plan.ts';

/** What of an order goes to OpenAlgo. */
interface SentOrder {
  instrument: Instrument;
  action: Action;
  quantity: number;
  targetPosition: number | null;
  /** The strategy's name. */
  strategyName: string;
  /** Left out, or null, where the endpoint takes none. */
  clientOrderId?: string | null;
}

export interface OrderPayload {
  symbol: string;
  exchange: Exchange;
  product: Product;
  strategy: string;
  action: Action;
  pricetype: 'MARKET';
  quantity: string;
  client_order_id?: string;
}

export interface SmartOrderPayload extends OrderPayload {
  position_size: string;
  price: '0';
  trigger_price: '0';
  disclosed_quantity: '0';
}

/**
 * The body of `placeorder` or, with a target position, of `placesmartorder`, without the API key.
 * Numbers are text, as OpenAlgo's own strategy module sends them; any field that it does not know
 * would be refused (openalgo-contract 1.1).
 */
export function orderPayload(order: SentOrder): OrderPayload | SmartOrderPayload {
  const { symbol, exchange, product } = order.instrument;
  const payload: OrderPayload = {
    symbol,
    exchange,
    product,
    strategy: order.strategyName,
    action: order.action,
    pricetype: 'MARKET',
    quantity: String(order.quantity),
    ...(order.clientOrderId ? { client_order_id: order.clientOrderId } : {}),
  };
  if (order.targetPosition === null) return payload;
  return {
    ...payload,
    position_size: String(order.targetPosition),
    price: '0',
    trigger_price: '0',
    disclosed_quantity: '0',
  };
}
