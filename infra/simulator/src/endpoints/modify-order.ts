import { type Answer, failure, sandboxFailure, success } from '../answer.ts';
import { meetMarket } from '../books/execute.ts';
import { isPending, type PlacedOrder } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { derivativeExchanges } from '../sandbox/validate.ts';
import { bookOf } from './order-book.ts';
import { numberOf, orderRequest, textOf } from './order-request.ts';

/** Changes quantity and prices of a pending order. The sandbox does not change price type or product. */
export function modifyOrder(world: World, context: CallContext): Answer {
  const { account, data } = context;
  const orderid = textOf(data, 'orderid');
  const order = bookOf(account).orders.get(orderid);
  if (account.mode === 'live') return modifyLive(world, context, order);
  if (order === undefined) return sandboxFailure(404, `Order ${orderid} not found`);
  if (!isPending(order)) {
    return sandboxFailure(400, `Cannot modify order in ${order.status} status`);
  }
  const lot = world.instruments.find(order.symbol, order.exchange)?.lotSize ?? 1;
  if (derivativeExchanges.has(order.exchange) && numberOf(data, 'quantity') % lot !== 0) {
    return sandboxFailure(400, `Quantity must be in multiples of lot size ${lot}`);
  }
  change(order, data);
  meetMarket(world, { book: account.sandbox.book, order, venue: 'quote' });
  return success({ orderid, message: 'Order modified successfully', mode: 'analyze' });
}

function modifyLive(world: World, context: CallContext, order: PlacedOrder | undefined): Answer {
  if (order === undefined || !isPending(order)) {
    return failure(
      400,
      order === undefined ? "Couldn't find that `order_id`." : 'Order cannot be modified.',
    );
  }
  change(order, context.data);
  order.pricetype = orderRequest(context.data).pricetype;
  meetMarket(world, { book: context.account.live, order, venue: 'last' });
  return success({ orderid: order.orderid });
}

function change(order: PlacedOrder, data: CallContext['data']): void {
  order.quantity = Math.max(numberOf(data, 'quantity'), order.filledQuantity);
  order.price = numberOf(data, 'price') || order.price;
  order.triggerPrice = numberOf(data, 'trigger_price') || order.triggerPrice;
}
