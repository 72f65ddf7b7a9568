import { timestamp } from '../clock.ts';
import { roundToPaise } from '../market/quotes.ts';
import type { OrderStatus, PlacedOrder, Trade } from './order.ts';

/** An order as a broker's adapter shows it: no strategy, nothing of what filled. Market orders show price 0. */
export function liveOrderRow(order: PlacedOrder, status: OrderStatus) {
  return {
    symbol: order.symbol,
    exchange: order.exchange,
    action: order.action,
    quantity: order.quantity,
    price: order.pricetype === 'MARKET' ? 0 : order.price,
    trigger_price: order.triggerPrice,
    pricetype: order.pricetype,
    product: order.product,
    orderid: order.orderid,
    order_status: status,
    timestamp: timestamp(order.placedAt),
  };
}

/** An order as the sandbox shows it. */
export function sandboxOrderRow(order: PlacedOrder, status: OrderStatus) {
  const pending = status === 'rejected' ? 0 : order.quantity - order.filledQuantity;
  return {
    orderid: order.orderid,
    symbol: order.symbol,
    exchange: order.exchange,
    action: order.action,
    quantity: order.quantity,
    price: order.price,
    trigger_price: order.triggerPrice,
    pricetype: order.pricetype,
    product: order.product,
    order_status: status,
    average_price: roundToPaise(order.averagePrice),
    filled_quantity: order.filledQuantity,
    pending_quantity: pending,
    rejection_reason: order.rejectionReason,
    timestamp: timestamp(order.placedAt),
    strategy: order.strategy,
  };
}

/** A fill as most adapters show it: without an id of its own. */
export function liveTradeRow(trade: Trade) {
  return {
    symbol: trade.symbol,
    exchange: trade.exchange,
    product: trade.product,
    action: trade.action,
    quantity: trade.quantity,
    average_price: trade.price,
    trade_value: roundToPaise(trade.price * trade.quantity),
    orderid: trade.orderid,
    timestamp: timestamp(trade.at),
  };
}

/** A fill as the sandbox shows it. */
export function sandboxTradeRow(trade: Trade) {
  return {
    ...liveTradeRow(trade),
    tradeid: `TRADE-${trade.tradeid}`,
    price: trade.price,
    strategy: trade.strategy,
  };
}
