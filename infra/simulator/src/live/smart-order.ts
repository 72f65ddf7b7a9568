import type { Answer } from '../answer.ts';
import type { OrderRequest } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { decideSmartOrder } from '../smart-delta.ts';
import { placeLiveOrder } from './place-order.ts';

/** A smart order in live mode: the adapter reads the position book, and orders the difference to the target. */
export function placeLiveSmartOrder(
  world: World,
  context: CallContext,
  request: OrderRequest & { readonly target: number },
): Answer {
  const current = readPosition(world, context, request);
  const { target, quantity, action } = request;
  const decision = decideSmartOrder({ target, current, quantity, action });
  const { broker } = world;
  if (decision.kind === 'matched') return broker.matched;
  if (decision.kind === 'nothing_to_exit') {
    return current === 0 ? broker.nothingToExit : broker.matchedWithoutQuantity;
  }
  const isFresh = current === 0 && Math.trunc(target) === 0;
  if (isFresh && broker.freshTrade !== undefined) return broker.freshTrade;
  return placeLiveOrder(world, context, { ...request, ...decision });
}

function readPosition(world: World, context: CallContext, request: OrderRequest): number {
  const fault = context.faults.read;
  const { positionCache } = context.account;
  if (fault?.kind === 'position_read_zero') return 0;
  const kept = fault?.kind === 'position_cache' ? fault.ms : undefined;
  return positionCache.quantityOf(request, {
    lifeMs: world.timers.scaled(kept ?? positionCache.lifeMs),
    keptAfterOrders: kept !== undefined,
  });
}
