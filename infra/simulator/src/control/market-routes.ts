import { z } from 'zod';
import { rematch } from './book-routes.ts';
import { bodyOf, type ControlRoute } from './control-request.ts';

const price = z.number().gt(0);
const quoteSchema = z.strictObject({
  symbol: z.string(),
  /** Rupees; null takes the symbol's prices away. */
  ltp: price.nullable(),
  bid: price.optional(),
  ask: price.optional(),
});

/** Sets a price; orders that rest meet it at once. */
export const setQuote: ControlRoute = (simulator, request) => {
  const { symbol, ltp, bid, ask } = bodyOf(quoteSchema, request);
  if (ltp === null) simulator.quotes.setNone(symbol);
  else simulator.quotes.set(symbol, { ltp, ...(bid && { bid }), ...(ask && { ask }) });
  rematch(simulator, symbol);
  return {};
};

const instrumentSchema = z.strictObject({
  symbol: z.string(),
  exchange: z.string(),
  lotSize: z.number().int().min(1).default(1),
  freezeQuantity: z.number().int().min(1).default(1),
  removed: z.boolean().default(false),
});

/** Adds a row to the master contract, or takes it away. */
export const setInstrument: ControlRoute = ({ instruments }, request) => {
  const { removed, ...instrument } = bodyOf(instrumentSchema, request);
  if (removed) instruments.remove(instrument.symbol, instrument.exchange);
  else instruments.add(instrument);
  return {};
};

const limitsSchema = z.union([
  z.strictObject({ limits: z.literal('off') }),
  z.strictObject({
    limits: z.strictObject({ order: z.string(), smartOrder: z.string(), api: z.string() }),
  }),
]);

export const setLimits: ControlRoute = ({ limiter }, request) => {
  limiter.set(bodyOf(limitsSchema, request).limits);
  return {};
};

/** The server is exchanged for a newer or an older one; its books stay. */
export const setFeatures: ControlRoute = ({ features }, request) => {
  const { clientOrderIds } = bodyOf(z.strictObject({ clientOrderIds: z.boolean() }), request);
  features.clientOrderIds = clientOrderIds;
  return {};
};

export const setClock: ControlRoute = ({ clock }, request) => {
  const { at } = bodyOf(z.strictObject({ at: z.iso.datetime({ offset: true }) }), request);
  clock.set(Temporal.Instant.from(at).epochMilliseconds);
  return { now: Temporal.Instant.fromEpochMilliseconds(clock.now()).toString() };
};

export const setTimeScale: ControlRoute = ({ timers }, request) => {
  timers.scale(bodyOf(z.strictObject({ scale: z.number().gt(0) }), request).scale);
  return {};
};
