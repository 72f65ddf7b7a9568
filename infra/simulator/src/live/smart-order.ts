import { type Answer, failure } from '../answer.ts';
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
  const current = readPosition(context, request);
  const { target, quantity, action } = request;
  const decision = decideSmartOrder({ target, current, quantity, action });
  const { broker } = world;
  if (decision.kind === 'matched') return broker.matched;
  if (decision.kind === 'nothing_to_exit') {
    return current === 0 ? broker.nothingToExit : broker.matchedWithoutQuantity;
  }
  const isFresh = current === 0 && Math.trunc(target) === 0;
  if (isFresh && broker.freshTrade !== undefined) return broker.freshTrade;
  return namedSmart(placeLiveOrder(world, context, { ...request, ...decision }));
}

function readPosition({ account, faults }: CallContext, request: OrderRequest): number {
  const fault = faults.read;
  if (fault?.kind === 'position_read_zero') return 0;
  if (fault?.kind === 'position_cache') return account.positionCache.quantityOf(request, fault.ms);
  return account.positionCache.quantityOf(request);
}

/** A refusal of the broker without words gets OpenAlgo's, which name the endpoint. */
function namedSmart(answer: Answer): Answer {
  const { body } = answer;
  const unnamed =
    typeof body === 'object' && body !== null && 'message' in body && body.message === '';
  return unnamed ? failure(answer.status, 'Failed to place smart order') : answer;
}
