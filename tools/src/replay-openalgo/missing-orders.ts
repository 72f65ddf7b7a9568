import { idsGiven } from './ids.ts';
import { parallelCalls } from './parallel-calls.ts';
import {
  type Exchange,
  endpointOf,
  type Fields,
  fieldsOf,
  isLive,
  orderRows,
  textIn,
} from './recording.ts';

/** An order that an order book of the recording shows, but that no recorded call placed. */
export interface MissingOrder {
  readonly orderid: unknown;
  readonly request: Exchange['request'];
  /** The book shows it cancelled, by a call that was not recorded either. */
  readonly cancelled: boolean;
}

/** Orders that OpenAlgo makes itself when it closes positions. */
const closingStrategies = new Set(['AUTO_SQUARE_OFF', 'Squareoff']);

/**
 * Finds the orders that were placed between two recorded calls, by their rows in a later order book, and says before
 * which exchange each belongs: behind the last recorded order that the book shows as older.
 */
export function missingOrders(
  examples: readonly Exchange[],
): ReadonlyMap<number, readonly MissingOrder[]> {
  const found = new Map<number, MissingOrder[]>();
  const seen = new Set(idsGiven(examples));
  for (const { book, index, row, place } of examples.flatMap(placedRows)) {
    const id = String(row['orderid']);
    const known = seen.has(id);
    seen.add(id);
    if (known || isByOpenAlgo(row) || hasParallelCalls(examples, place, index)) continue;
    const cancelled = row['order_status'] === 'cancelled' && !isCancelRecorded(examples, id);
    const order = { orderid: row['orderid'], request: requestFor(book, row), cancelled };
    found.set(place, [...(found.get(place) ?? []), order]);
  }
  return found;
}

/** The rows of an order book, each with the exchange before which it can have been placed at the earliest. */
function placedRows(book: Exchange, index: number, examples: readonly Exchange[]) {
  let place = 0;
  return oldestFirst(book).map((row) => {
    const placedAt = indexOfOrder(examples, String(row['orderid']));
    if (placedAt !== undefined) place = placedAt + 1;
    return { book, index, row, place };
  });
}

/** The sandbox shows the newest order first, brokers the oldest. */
function oldestFirst(exchange: Exchange): readonly Fields[] {
  if (endpointOf(exchange) !== 'orderbook') return [];
  return isLive(exchange) ? orderRows(exchange) : orderRows(exchange).toReversed();
}

function indexOfOrder(examples: readonly Exchange[], id: string): number | undefined {
  const index = examples.findIndex(({ request, response }) => {
    const placed = !('orderid' in fieldsOf(request.body));
    return placed && String(fieldsOf(response.body)['orderid']) === id;
  });
  return index === -1 ? undefined : index;
}

function isCancelRecorded(examples: readonly Exchange[], id: string): boolean {
  return examples.some(
    (exchange) =>
      endpointOf(exchange).startsWith('cancel') &&
      JSON.stringify([exchange.request.body, exchange.response.body]).includes(`"${id}"`),
  );
}

function isByOpenAlgo(row: Fields): boolean {
  return closingStrategies.has(textIn(row, 'strategy'));
}

/** Parallel calls between the two places made the order; they are made again as such. */
function hasParallelCalls(examples: readonly Exchange[], from: number, to: number): boolean {
  return examples
    .slice(from, to + 1)
    .some((exchange) => parallelCalls(exchange, examples) !== undefined);
}

function requestFor(book: Exchange, row: Fields): Exchange['request'] {
  const text = (name: string) => String(row[name] ?? '');
  return {
    method: 'POST',
    path: '/api/v1/placeorder',
    headers: { 'content-type': 'application/json' },
    body: {
      apikey: fieldsOf(book.request.body)['apikey'],
      strategy: text('strategy'),
      symbol: text('symbol'),
      exchange: text('exchange'),
      action: text('action'),
      quantity: text('quantity'),
      pricetype: text('pricetype'),
      product: text('product'),
      price: text('pricetype') === 'MARKET' ? '0' : text('price'),
      trigger_price: text('trigger_price'),
    },
  };
}
