import { type Answer, failure, sandboxFailure, success } from '../answer.ts';
import { fillRest } from '../books/execute.ts';
import { isPending, type PlacedOrder } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { bookOf } from './order-book.ts';
import { textOf } from './order-request.ts';

export function cancelOrder(world: World, context: CallContext): Answer {
  const orderid = textOf(context.data, 'orderid');
  const refusal = cancelOne(world, context, orderid);
  if (context.account.mode === 'live') return refusal ?? success({ orderid });
  if (refusal !== undefined) return refusal;
  return success({ orderid, message: 'Order cancelled successfully', mode: 'analyze' });
}

export function cancelAllOrders(world: World, context: CallContext): Answer {
  const { account } = context;
  const live = account.mode === 'live';
  const orders = [...bookOf(account).orders.values()].filter((order) =>
    // The sandbox looks for `trigger_pending`, which no order is, so that resting stop orders stay.
    live ? isPending(order) : order.status === 'open',
  );
  const canceled: string[] = [];
  const failed: unknown[] = [];
  for (const { orderid } of orders) {
    const refusal = cancelOne(world, context, orderid);
    if (refusal === undefined) canceled.push(orderid);
    else failed.push(live ? orderid : { orderid, message: 'Failed to cancel' });
  }
  const counted = `Canceled ${canceled.length} orders. Failed to cancel ${failed.length} orders.`;
  const message = !live && orders.length === 0 ? 'No open orders to cancel' : counted;
  const body = { canceled_orders: canceled, failed_cancellations: failed, message };
  return success(live ? body : { ...body, mode: 'analyze' });
}

/** Cancels one order; the answer is why not. */
function cancelOne(world: World, context: CallContext, orderid: string): Answer | undefined {
  const { account, faults } = context;
  const book = bookOf(account);
  const order = book.orders.get(orderid);
  const fault = faults.cancel;
  if (fault?.kind === 'cancel_refused') {
    return failure(fault.status ?? 400, fault.message ?? 'Order cannot be cancelled now');
  }
  if (order === undefined || !isPending(order)) return notCancellable(context, orderid, order);
  if (fault?.kind === 'cancel_crosses_fill') {
    fillRest(world, { book, order, venue: 'last' });
    return fault.answer === 'error' ? notCancellable(context, orderid, order) : undefined;
  }
  book.setStatus(order, 'cancelled', world.clock.now());
  return undefined;
}

function notCancellable(
  { account }: CallContext,
  orderid: string,
  order: PlacedOrder | undefined,
): Answer {
  if (account.mode === 'live') {
    const reason =
      order === undefined
        ? "Couldn't find that `order_id`."
        : `Order cannot be cancelled as it is being processed. Try later. [${order.status}]`;
    return failure(500, `Failed to cancel order: ${reason}`);
  }
  if (order === undefined) return sandboxFailure(404, `Order ${orderid} not found`);
  return sandboxFailure(400, `Cannot cancel order in ${order.status} status`);
}
