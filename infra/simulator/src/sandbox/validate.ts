import type { OrderRequest } from '../books/order.ts';

const shareExchanges = new Set(['NSE', 'BSE']);
/** Where orders come in lots, and nothing is delivered. */
export const derivativeExchanges: ReadonlySet<string> = new Set([
  'NFO',
  'BFO',
  'MCX',
  'CDS',
  'BCD',
  'NCDEX',
  'CRYPTO',
]);

/** What the sandbox finds wrong with an order before it looks at the market; the first fault found. */
export function findOrderFault(order: OrderRequest): string | undefined {
  return missingField(order) ?? wrongProduct(order) ?? wrongQuantity(order) ?? missingPrice(order);
}

/** Python's truth: an empty text and 0 count as missing. */
function missingField(order: OrderRequest): string | undefined {
  if (order.symbol === '') return 'Missing required field: symbol';
  if (order.quantity === 0) return 'Missing required field: quantity';
  return undefined;
}

/** The sandbox counts whole units, also of what may be traded in fractions. */
function wrongQuantity({ quantity }: OrderRequest): string | undefined {
  return Math.trunc(quantity) <= 0 ? 'Quantity must be positive' : undefined;
}

function wrongProduct({ exchange, product }: OrderRequest): string | undefined {
  if (shareExchanges.has(exchange) && product === 'NRML') {
    return `NRML product not allowed for ${exchange} equity segment. Use CNC for delivery or MIS for intraday.`;
  }
  if (derivativeExchanges.has(exchange) && product === 'CNC') {
    return `CNC product not allowed for ${exchange} derivatives segment. Use NRML for carryforward or MIS for intraday.`;
  }
  return undefined;
}

function missingPrice({ pricetype, price, triggerPrice }: OrderRequest): string | undefined {
  const needsPrice = pricetype === 'LIMIT' || pricetype === 'SL';
  const needsTrigger = pricetype === 'SL' || pricetype === 'SL-M';
  if (needsPrice && price <= 0) return `${pricetype} orders require price`;
  if (needsTrigger && triggerPrice <= 0) return `${pricetype} orders require trigger_price`;
  return undefined;
}

/** From when the sandbox takes no new MIS position, in minutes of Asia/Kolkata; until 09:00. */
const squareOffMinutes: ReadonlyMap<string, number> = new Map([
  ['NSE', 915],
  ['BSE', 915],
  ['NFO', 915],
  ['BFO', 915],
  ['CDS', 1005],
  ['BCD', 1005],
  ['MCX', 1410],
  ['NCDEX', 1020],
]);

const OPENING_MINUTE = 540;

/** The text that refuses an intraday order at this minute, unless it reduces what is held. */
export function intradayRefusal(
  order: OrderRequest,
  now: { readonly minuteOfDay: number; readonly held: number },
): string | undefined {
  const squareOff = squareOffMinutes.get(order.exchange);
  if (order.product !== 'MIS' || squareOff === undefined) return undefined;
  if (now.minuteOfDay >= OPENING_MINUTE && now.minuteOfDay < squareOff) return undefined;
  const reduces = order.action === 'BUY' ? now.held < 0 : now.held > 0;
  if (reduces) return undefined;
  const time = `${twoDigits(Math.floor(squareOff / 60))}:${twoDigits(squareOff % 60)}`;
  return `MIS orders cannot be placed after square-off time (${time} IST). Trading resumes at 09:00 AM IST.`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
