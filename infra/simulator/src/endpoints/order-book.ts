import type { Account } from '../accounts/account.ts';
import { type Answer, failure, sandboxFailure, success } from '../answer.ts';
import type { PlacedOrder } from '../books/order.ts';
import { liveOrderRow, liveTradeRow, sandboxOrderRow, sandboxTradeRow } from '../books/rows.ts';
import { type SeenOrder, seenOrders } from '../books/seen-orders.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { roundToPaise } from '../market/quotes.ts';
import { textOf } from './order-request.ts';

export function orderBook(world: World, { account, faults }: CallContext): Answer {
  const seen = seenOrders(world, bookOf(account), faults.read);
  if (seen === undefined) return unmapped;
  if (account.mode === 'live') {
    const orders = seen.map(({ order, status }) => ({
      ...liveOrderRow(order, status),
      ...ownId(world, order),
    }));
    return success({ data: { orders, statistics: statistics(seen) } });
  }
  const orders = seen
    .map(({ order, status }) => ({ ...sandboxOrderRow(order, status), ...ownId(world, order) }))
    .reverse();
  const pending = seen.filter(({ status }) => status === 'trigger pending').length;
  const counts = { ...statistics(seen), total_trigger_pending_orders: pending };
  return success({ data: { orders, statistics: counts }, mode: 'analyze' });
}

/** What Python says when the first row is in a state that the mapping does not know. */
const unmapped = failure(
  500,
  "cannot access local variable 'order_status' where it is not associated with a value",
);

export function orderStatus(world: World, { account, data, faults }: CallContext): Answer {
  const orderid = textOf(data, 'orderid');
  const orders = seenOrders(world, bookOf(account), faults.read);
  if (orders === undefined) return unmapped;
  const seen = orders.find(({ order }) => order.orderid === orderid);
  const missing = `Order ${orderid} not found`;
  if (account.mode === 'live') {
    if (seen === undefined) return failure(404, missing);
    const average_price = seen.status === 'complete' ? roundToPaise(seen.order.averagePrice) : 0;
    const row = { ...liveOrderRow(seen.order, seen.status), ...ownId(world, seen.order) };
    return success({ data: { ...row, average_price } });
  }
  if (seen === undefined) return sandboxFailure(404, missing);
  const { pricetype, rejection_reason: _, ...row } = sandboxOrderRow(seen.order, seen.status);
  const shown = { ...row, ...ownId(world, seen.order), price_type: pricetype };
  return success({ data: shown, mode: 'analyze' });
}

/** What a newer OpenAlgo adds to a row. */
function ownId({ features }: World, { clientOrderId }: PlacedOrder) {
  return features.clientOrderIds ? { client_order_id: clientOrderId } : {};
}

export function tradeBook(world: World, { account, faults }: CallContext): Answer {
  const lagMs = faults.read?.kind === 'order_book_lag' ? faults.read.ms : 0;
  const latest = world.clock.now() - world.timers.scaled(lagMs);
  const trades = bookOf(account).trades.filter((trade) => trade.at <= latest);
  if (account.mode === 'live') return success({ data: trades.map(liveTradeRow) });
  return success({ data: trades.map(sandboxTradeRow).reverse(), mode: 'analyze' });
}

/** The books of the account's mode. */
export function bookOf(account: Account) {
  return account.mode === 'live' ? account.live : account.sandbox.book;
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
