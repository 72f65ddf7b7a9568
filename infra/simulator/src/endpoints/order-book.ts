import type { Account } from '../accounts/account.ts';
import { type Answer, failure, sandboxFailure, success } from '../answer.ts';
import type { OrderStatus, PlacedOrder } from '../books/order.ts';
import { liveOrderRow, liveTradeRow, sandboxOrderRow, sandboxTradeRow } from '../books/rows.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { roundToPaise } from '../market/quotes.ts';
import { textOf } from './order-request.ts';

interface SeenOrder {
  readonly order: PlacedOrder;
  readonly status: OrderStatus;
}

export function orderBook(world: World, context: CallContext): Answer {
  const { account } = context;
  const seen = seenOrders(world, context);
  if (account.mode === 'live') {
    const orders = seen.map(({ order, status }) => liveOrderRow(order, status));
    return success({ data: { orders, statistics: statistics(seen) } });
  }
  const orders = seen.map(({ order, status }) => sandboxOrderRow(order, status)).reverse();
  const pending = seen.filter(({ status }) => status === 'trigger pending').length;
  const counts = { ...statistics(seen), total_trigger_pending_orders: pending };
  return success({ data: { orders, statistics: counts }, mode: 'analyze' });
}

export function orderStatus(world: World, context: CallContext): Answer {
  const { account, data } = context;
  const orderid = textOf(data, 'orderid');
  const seen = seenOrders(world, context).find(({ order }) => order.orderid === orderid);
  const missing = `Order ${orderid} not found`;
  if (account.mode === 'live') {
    if (seen === undefined) return failure(404, missing);
    const average_price = seen.status === 'complete' ? roundToPaise(seen.order.averagePrice) : 0;
    return success({ data: { ...liveOrderRow(seen.order, seen.status), average_price } });
  }
  if (seen === undefined) return sandboxFailure(404, missing);
  const { pricetype, rejection_reason: _, ...row } = sandboxOrderRow(seen.order, seen.status);
  return success({ data: { ...row, price_type: pricetype }, mode: 'analyze' });
}

export function tradeBook(world: World, context: CallContext): Answer {
  const { account, faults } = context;
  const latest = world.clock.now() - (faults.read?.kind === 'order_book_lag' ? faults.read.ms : 0);
  const trades = bookOf(account).trades.filter((trade) => trade.at <= latest);
  if (account.mode === 'live') return success({ data: trades.map(liveTradeRow) });
  return success({ data: trades.map(sandboxTradeRow).reverse(), mode: 'analyze' });
}

/** The books of the account's mode. */
export function bookOf(account: Account) {
  return account.mode === 'live' ? account.live : account.sandbox.book;
}

/** The orders with their status, as the fault of this read shows them. */
function seenOrders(world: World, { account, faults }: CallContext): readonly SeenOrder[] {
  const orders = [...bookOf(account).orders.values()];
  if (faults.read?.kind === 'order_book_lag') {
    return orders.flatMap((order) => seenAt(order, world.clock.now() - lagMs(faults.read)));
  }
  const seen = orders.map((order) => ({ order, status: order.status }));
  return faults.read?.kind === 'inherited_status' ? inherit(seen, faults.read.symbol) : seen;
}

function lagMs(read: CallContext['faults']['read']): number {
  return read?.kind === 'order_book_lag' ? read.ms : 0;
}

/** The order as it was at an instant; not there when it was placed later. */
function seenAt(order: PlacedOrder, at: number): readonly SeenOrder[] {
  const state = order.states.findLast((past) => past.at <= at);
  return state === undefined ? [] : [{ order, status: state.status }];
}

/** Rows that show the status of the row before, as one adapter's mapping does for states it does not know. */
function inherit(seen: readonly SeenOrder[], _symbol: string | undefined): readonly SeenOrder[] {
  return seen.map((row, index) => {
    const before = seen[index - 1];
    return before === undefined ? row : { ...row, status: before.status };
  });
}

function statistics(seen: readonly SeenOrder[]) {
  const count = (test: (row: SeenOrder) => boolean) => seen.filter(test).length;
  return {
    total_buy_orders: count(({ order }) => order.action === 'BUY'),
    total_sell_orders: count(({ order }) => order.action === 'SELL'),
    total_completed_orders: count(({ status }) => status === 'complete'),
    total_open_orders: count(({ status }) => status === 'open'),
    total_rejected_orders: count(({ status }) => status === 'rejected'),
  };
}
