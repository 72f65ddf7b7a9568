import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import type { Book } from '../books/book.ts';
import { meetMarket } from '../books/execute.ts';
import { overnight } from '../books/overnight.ts';
import type { Simulator } from '../simulator.ts';
import { accountOf, bodyOf, type ControlRoute } from './control-request.ts';

const instrument = {
  apikey: z.string().optional(),
  symbol: z.string(),
  exchange: z.string().default('NSE'),
};
const product = z.enum(['MIS', 'NRML', 'CNC']).default('MIS');

const tradeSchema = z.strictObject({
  ...instrument,
  product,
  action: z.enum(['BUY', 'SELL']),
  quantity: z.number().int().min(1),
  /** Rupees; the last price when left out. */
  price: z.number().gt(0).optional(),
  pricetype: z.enum(['MARKET', 'LIMIT']).default('MARKET'),
  /** Left open instead of filled. */
  rests: z.boolean().default(false),
});

/** An order that a person, or another program, gives at the broker: no call of ours, the same kind of row. */
export const tradeByHand: ControlRoute = (simulator, request) => {
  const { rests, ...wanted } = bodyOf(tradeSchema, request);
  const account = accountOf(simulator, wanted.apikey);
  const book = bookOf(account);
  const at = simulator.clock.now();
  const price = wanted.price ?? simulator.quotes.find(wanted.symbol)?.ltp ?? 100;
  const order = book.add(
    {
      ...wanted,
      price: wanted.pricetype === 'LIMIT' ? price : 0,
      triggerPrice: 0,
      strategy: '',
      clientOrderId: null,
    },
    { orderid: simulator.orderIds.live(at), at },
  );
  if (rests) order.held = true;
  else book.fill(order, { quantity: order.quantity, price, at });
  return { orderid: order.orderid };
};

const positionSchema = z.strictObject({
  ...instrument,
  product,
  quantity: z.number().int(),
  averagePrice: z.number().min(0).optional(),
});

/** Sets the net position of an instrument, without an order. */
export const setPosition: ControlRoute = (simulator, request) => {
  const wanted = bodyOf(positionSchema, request);
  const position = bookOf(accountOf(simulator, wanted.apikey)).position(wanted);
  position.quantity = wanted.quantity;
  position.averagePrice = wanted.averagePrice ?? priceOf(simulator, wanted.symbol);
  position.lastPrice = position.averagePrice;
  return {};
};

const holdingSchema = z.strictObject({
  ...instrument,
  quantity: z.number().int().min(0),
  averagePrice: z.number().min(0).optional(),
});

/** Sets what is held for delivery. */
export const setHolding: ControlRoute = (simulator, request) => {
  const { apikey, symbol, exchange, quantity, averagePrice } = bodyOf(holdingSchema, request);
  const { holdings } = bookOf(accountOf(simulator, apikey));
  const price = averagePrice ?? priceOf(simulator, symbol);
  holdings.set(`${exchange}:${symbol}`, { symbol, exchange, quantity, averagePrice: price });
  return {};
};

const overnightSchema = z.strictObject({
  apikey: z.string().optional(),
  /** The broker ends its session at night unless this is set. */
  keepSession: z.boolean().default(false),
});

/** A night passes: delivery goes to the holdings, intraday positions and the day's books are gone. */
export const passNight: ControlRoute = (simulator, request) => {
  const { apikey, keepSession } = bodyOf(overnightSchema, request);
  const account = accountOf(simulator, apikey);
  overnight(account.live);
  overnight(account.sandbox.book);
  account.positionCache.forget();
  account.sessionAlive = keepSession && account.sessionAlive;
  return {};
};

/** Lets the market look again at what rests; called when a price was set. */
export function rematch(simulator: Simulator, symbol: string): void {
  for (const { live, sandbox } of simulator.accounts.all()) {
    for (const order of ordersFor(live, symbol)) {
      meetMarket(simulator, { book: live, order, venue: 'last' });
    }
    for (const order of ordersFor(sandbox.book, symbol)) {
      meetMarket(simulator, { book: sandbox.book, order, venue: 'quote' });
    }
  }
}

function ordersFor(book: Book, symbol: string) {
  return [...book.orders.values()].filter((order) => order.symbol === symbol);
}

function bookOf(account: Account): Book {
  return account.mode === 'live' ? account.live : account.sandbox.book;
}

function priceOf({ quotes }: Simulator, symbol: string): number {
  return quotes.find(symbol)?.ltp ?? 100;
}
