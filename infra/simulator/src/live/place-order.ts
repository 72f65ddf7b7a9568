import type { Refusal } from '../accounts/account.ts';
import { type Answer, failure, success } from '../answer.ts';
import { execute } from '../books/execute.ts';
import type { OrderRequest } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';

/** Places an order at the simulated broker; the answer is what OpenAlgo makes of the broker's. */
export function placeLiveOrder(world: World, context: CallContext, request: OrderRequest): Answer {
  const { account, faults } = context;
  const refusal = refusalOf(context, request.symbol);
  account.positionCache.forget();
  if (refusal === 'null_order_id') return success({ orderid: null });
  if (refusal !== undefined) return failure(refusal.status, refusal.message);
  const at = world.clock.now();
  const order = account.live.add(request, { orderid: world.orderIds.live(at), at });
  context.placed(order);
  execute(world, { book: account.live, order, venue: 'last' }, faults.fill);
  return success({ orderid: order.orderid });
}

/** The broker refuses by itself, or because of a fault; OpenAlgo passes status and message on. */
function refusalOf({ account, faults, data }: CallContext, symbol: string): Refusal | undefined {
  if (faults.answer?.kind === 'broker_refusal') {
    const { status = 400, message = 'RMS: order refused' } = faults.answer;
    return { status, message };
  }
  const endpoint = data.has('position_size') ? 'placesmartorder' : 'placeorder';
  return account.refusals.get(`${endpoint} ${symbol}`) ?? account.refusals.get(symbol);
}
