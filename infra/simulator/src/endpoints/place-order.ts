import { type Answer, success } from '../answer.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { placeLiveOrder } from '../live/place-order.ts';
import { placeLiveSmartOrder } from '../live/smart-order.ts';
import { placeSandboxOrder } from '../sandbox/place-order.ts';
import { placeSandboxSmartOrder } from '../sandbox/smart-order.ts';
import { bookOf } from './order-book.ts';
import { numberOf, orderRequest } from './order-request.ts';

export function placeOrder(world: World, context: CallContext): Answer {
  const request = orderRequest(context.data);
  const place = context.account.mode === 'live' ? placeLiveOrder : placeSandboxOrder;
  return answerOfFirst(context, request.clientOrderId) ?? place(world, context, request);
}

export function placeSmartOrder(world: World, context: CallContext): Answer {
  const target = numberOf(context.data, 'position_size');
  const request = { ...orderRequest(context.data), target };
  const place = context.account.mode === 'live' ? placeLiveSmartOrder : placeSandboxSmartOrder;
  return answerOfFirst(context, request.clientOrderId) ?? place(world, context, request);
}

/** An id that came before names the order that it made then. */
function answerOfFirst({ account }: CallContext, clientOrderId: string | null): Answer | undefined {
  if (clientOrderId === null) return undefined;
  const orders = [...bookOf(account).orders.values()];
  const first = orders.find((order) => order.clientOrderId === clientOrderId);
  if (first === undefined) return undefined;
  const mode = account.mode === 'live' ? {} : { mode: account.mode };
  return success({ orderid: first.orderid, ...mode, duplicate: true });
}
