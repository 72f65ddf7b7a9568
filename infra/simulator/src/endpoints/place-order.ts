import type { Answer } from '../answer.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { placeLiveOrder } from '../live/place-order.ts';
import { placeLiveSmartOrder } from '../live/smart-order.ts';
import { placeSandboxOrder } from '../sandbox/place-order.ts';
import { placeSandboxSmartOrder } from '../sandbox/smart-order.ts';
import { numberOf, orderRequest } from './order-request.ts';

export function placeOrder(world: World, context: CallContext): Answer {
  const request = orderRequest(context.data);
  const place = context.account.mode === 'live' ? placeLiveOrder : placeSandboxOrder;
  return place(world, context, request);
}

export function placeSmartOrder(world: World, context: CallContext): Answer {
  const target = numberOf(context.data, 'position_size');
  const request = { ...orderRequest(context.data), target };
  const place = context.account.mode === 'live' ? placeLiveSmartOrder : placeSandboxSmartOrder;
  return place(world, context, request);
}
