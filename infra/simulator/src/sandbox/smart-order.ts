import type { Answer } from '../answer.ts';
import type { OrderRequest } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { decideSmartOrder } from '../smart-delta.ts';
import { placeSandboxOrder } from './place-order.ts';

/** A smart order in the sandbox. It is always a market order there, whatever price type was asked for. */
export function placeSandboxSmartOrder(
  world: World,
  context: CallContext,
  request: OrderRequest & { readonly target: number },
): Answer {
  const read = context.faults.read?.kind === 'position_read_zero';
  const current = read ? 0 : context.account.sandbox.book.quantityOf(request);
  const quantity = Math.trunc(request.quantity);
  const { target, action } = request;
  const decision = decideSmartOrder({ target, current, quantity, action });
  if (decision.kind === 'nothing_to_exit') {
    return unchanged('No OpenPosition Found. Not placing Exit order.');
  }
  if (decision.kind === 'matched') return unchanged('Positions Already Matched. No Action needed.');
  return placeSandboxOrder(world, context, { ...request, ...decision, pricetype: 'MARKET' });
}

function unchanged(message: string): Answer {
  return { status: 200, body: { status: 'success', message, mode: 'analyze' } };
}
