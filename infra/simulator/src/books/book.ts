import { netFill, type Position } from './net.ts';
import type { OrderRequest, OrderStatus, PlacedOrder, Trade } from './order.ts';

/** A holding: shares bought for delivery on an earlier day. */
export interface Holding {
  readonly symbol: string;
  readonly exchange: string;
  quantity: number;
  averagePrice: number;
}

/** Hears of fills and of pending orders that end; the sandbox keeps its funds by it. */
export interface BookWatcher {
  filled(position: Position, outcome: { realized: number; released: number }): void;
  ended(order: PlacedOrder): void;
}

/** A book as it is kept in a file. */
export interface KeptBook {
  readonly orders: readonly PlacedOrder[];
  readonly positions: readonly Position[];
  readonly holdings: readonly Holding[];
  readonly trades: readonly Trade[];
  readonly tradeNumber: number;
}

/** Orders, trades, positions and holdings of one account in one mode. */
export class Book {
  readonly orders = new Map<string, PlacedOrder>();
  readonly positions = new Map<string, Position>();
  readonly holdings = new Map<string, Holding>();
  trades: Trade[] = [];
  #tradeNumber = 0;
  readonly #watcher: BookWatcher | undefined;

  constructor(watcher?: BookWatcher) {
    this.#watcher = watcher;
  }

  keep(): KeptBook {
    return {
      orders: [...this.orders.values()],
      positions: [...this.positions.values()],
      holdings: [...this.holdings.values()],
      trades: this.trades,
      tradeNumber: this.#tradeNumber,
    };
  }

  /** Takes over what was kept of an earlier life. */
  restore({ orders, positions, holdings, trades, tradeNumber }: KeptBook): void {
    // What a fault held back has nobody any more who would fill it.
    for (const order of orders) this.orders.set(order.orderid, { ...order, held: false });
    for (const position of positions) this.positions.set(positionKey(position), position);
    for (const holding of holdings) {
      this.holdings.set(`${holding.exchange}:${holding.symbol}`, holding);
    }
    this.trades = [...trades];
    this.#tradeNumber = tradeNumber;
  }

  add(request: OrderRequest, identity: { orderid: string; at: number }): PlacedOrder {
    const stop = request.pricetype === 'SL' || request.pricetype === 'SL-M';
    const order: PlacedOrder = {
      ...request,
      orderid: identity.orderid,
      placedAt: identity.at,
      status: 'open',
      filledQuantity: 0,
      averagePrice: 0,
      rejectionReason: '',
      margin: 0,
      held: false,
      states: [],
    };
    this.orders.set(order.orderid, order);
    this.setStatus(order, stop ? 'trigger pending' : 'open', identity.at);
    return order;
  }

  setStatus(order: PlacedOrder, status: OrderStatus, at: number): void {
    order.status = status;
    order.states.push({ at, status });
    if (status === 'cancelled' || status === 'rejected') this.#watcher?.ended(order);
  }

  /** Fills `quantity` shares of an order at `price` rupees; the last share completes it. */
  fill(order: PlacedOrder, fill: { quantity: number; price: number; at: number }): void {
    const position = this.position(order);
    const share = fill.quantity / order.quantity;
    const outcome = netFill(position, {
      quantity: order.action === 'BUY' ? fill.quantity : -fill.quantity,
      price: fill.price,
      margin: order.margin * share,
    });
    const filled = order.filledQuantity + fill.quantity;
    order.averagePrice =
      (order.averagePrice * order.filledQuantity + fill.price * fill.quantity) / filled;
    order.filledQuantity = filled;
    this.#addTrade(order, fill);
    if (filled >= order.quantity) this.setStatus(order, 'complete', fill.at);
    this.#watcher?.filled(position, outcome);
  }

  /** The position in the instrument, made flat when there is none. */
  position(instrument: { symbol: string; exchange: string; product: string }): Position {
    const key = positionKey(instrument);
    let position = this.positions.get(key);
    if (position === undefined) {
      const { symbol, exchange, product } = instrument;
      position = {
        symbol,
        exchange,
        product,
        quantity: 0,
        averagePrice: 0,
        realized: 0,
        margin: 0,
        lastPrice: 0,
      };
      this.positions.set(key, position);
    }
    return position;
  }

  /** Signed shares held, 0 when there is no position. */
  quantityOf(instrument: { symbol: string; exchange: string; product: string }): number {
    return this.positions.get(positionKey(instrument))?.quantity ?? 0;
  }

  #addTrade(order: PlacedOrder, fill: { quantity: number; price: number; at: number }): void {
    this.#tradeNumber += 1;
    this.trades.push({
      tradeid: `T${String(this.#tradeNumber).padStart(8, '0')}`,
      orderid: order.orderid,
      symbol: order.symbol,
      exchange: order.exchange,
      product: order.product,
      action: order.action,
      strategy: order.strategy,
      quantity: fill.quantity,
      price: fill.price,
      at: fill.at,
    });
  }
}

/** Exchange, symbol and product, which is what a position is about. */
export function positionKey(of: { symbol: string; exchange: string; product: string }): string {
  return `${of.exchange}:${of.symbol}:${of.product}`;
}
