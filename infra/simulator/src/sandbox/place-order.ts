import { type Answer, sandboxFailure } from '../answer.ts';
import { execute } from '../books/execute.ts';
import type { OrderRequest } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { indianTime } from '../clock.ts';
import { deliveryRefusal } from './delivery.ts';
import { block, marginFor, shortage } from './funds.ts';
import { derivativeExchanges, findOrderFault, intradayRefusal } from './validate.ts';

/** Places an order in the analyzer's sandbox, after all its checks, in its order. */
export function placeSandboxOrder(world: World, context: CallContext, asked: OrderRequest): Answer {
  const { account, faults } = context;
  const request = normalised(asked);
  const { book, funds } = account.sandbox;
  const wrong = findOrderFault(asked) ?? refusalBeforeMarket(world, context, request);
  if (wrong !== undefined) return sandboxFailure(400, wrong);
  const price = referencePrice(world, request);
  if (price === undefined) return sandboxFailure(400, noPriceText(request));
  const undeliverable = deliveryRefusal(book, request);
  const margin = undeliverable === undefined ? marginToBlock(context, request, price) : 0;
  const short = margin > 0 ? shortage(funds, margin) : undefined;
  if (short !== undefined) return sandboxFailure(400, short);
  block(funds, margin);
  const at = world.clock.now();
  const identity = { orderid: world.orderIds.sandbox(at), at };
  const stored = request.pricetype === 'MARKET' ? { ...request, price } : request;
  const order = book.add(stored, identity);
  order.margin = margin;
  if (undeliverable !== undefined) {
    order.rejectionReason = undeliverable;
    book.setStatus(order, 'rejected', at);
    return rejected(order.orderid, undeliverable);
  }
  context.placed(order);
  execute(world, { book, order, venue: 'quote' }, faults.fill);
  return { status: 200, body: { status: 'success', orderid: order.orderid, mode: 'analyze' } };
}

/** The only refusal that comes with an order id: the order is kept, as rejected. */
function rejected(orderid: string, message: string): Answer {
  return { status: 400, body: { status: 'error', orderid, message, mode: 'analyze' } };
}

function normalised(asked: OrderRequest): OrderRequest {
  const keepsPrice = asked.pricetype === 'LIMIT' || asked.pricetype === 'SL';
  const keepsTrigger = asked.pricetype === 'SL' || asked.pricetype === 'SL-M';
  return {
    ...asked,
    quantity: Math.trunc(asked.quantity),
    price: keepsPrice ? asked.price : 0,
    triggerPrice: keepsTrigger ? asked.triggerPrice : 0,
  };
}

function refusalBeforeMarket(world: World, { account }: CallContext, request: OrderRequest) {
  const { symbol, exchange, quantity } = request;
  const instrument = world.instruments.find(symbol, exchange);
  if (instrument === undefined) return `Symbol ${symbol} not found on ${exchange}`;
  if (derivativeExchanges.has(exchange) && quantity % instrument.lotSize !== 0) {
    return `Quantity must be in multiples of lot size ${instrument.lotSize}`;
  }
  const { minuteOfDay } = indianTime(world.clock.now());
  const held = account.sandbox.book.quantityOf(request);
  return intradayRefusal(request, { minuteOfDay, held });
}

/** The price that margin is counted from; a market order needs a quote. */
function referencePrice(world: World, request: OrderRequest): number | undefined {
  if (request.pricetype === 'MARKET') return world.quotes.find(request.symbol)?.ltp;
  return request.pricetype === 'LIMIT' ? request.price : request.triggerPrice;
}

function noPriceText({ symbol }: OrderRequest): string {
  return `Cannot place MARKET order for ${symbol} - unable to fetch current price. Please try again later or use LIMIT order with a specific price.`;
}

/** Only what grows a position needs margin; selling shares that are owned needs none. */
function marginToBlock({ account }: CallContext, request: OrderRequest, price: number): number {
  if (request.action === 'SELL' && request.product === 'CNC') return 0;
  const held = account.sandbox.book.quantityOf(request);
  const reduces = request.action === 'BUY' ? held < 0 : held > 0;
  const grown = reduces ? request.quantity - Math.abs(held) : request.quantity;
  return grown > 0 ? marginFor({ ...request, quantity: grown, price }) : 0;
}
