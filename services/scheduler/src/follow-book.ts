import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { StatusAge } from '@orderlane/db/broker-orders';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import {
  type FollowedOrder,
  listFollowedOrders,
  moveFollowedOrder,
} from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { type Followed, followOrder, type Sighting } from '@orderlane/domain/follow-order';
import type { AccountId } from '@orderlane/domain/ids';
import { instrumentKey } from '@orderlane/domain/instrument';
import type { OrderRow } from '@orderlane/openalgo/wire/order-row';
import type { FetchedBooks } from './fetch-books.ts';
import { sumTrades } from './sum-trades.ts';
import { tellOverfilledExit } from './tell-overfilled-exit.ts';

type Fetched = Extract<FetchedBooks, { kind: 'fetched' }>;

/** What one clean read led to. */
export interface FollowedBook {
  moved: { order: FollowedOrder; followed: Followed }[];
  /** Orders that waited for those that are over now. */
  woken: DueOrder[];
}

interface BookToFollow {
  accountId: AccountId;
  books: Fetched;
  ages: readonly StatusAge[];
  /** See `followOrder` (ms). */
  inheritedMs: number;
  /** Every fill is told, not only what went wrong. */
  tellsFills: boolean;
}

/** Moves our orders by what a clean read shows of them, in its transaction, with their alerts. */
export async function followBook(db: Db, args: BookToFollow): Promise<FollowedBook> {
  const { accountId, books } = args;
  const sightings = sightingsOf(args);
  const trades = sumTrades(books.trades);
  const result: FollowedBook = { moved: [], woken: [] };
  const brokerOrderIds = [...sightings.keys()];
  const orders = await listFollowedOrders(db, { accountId, mode: books.mode, brokerOrderIds });
  const lacksTrades = isLackingTrades(books, orders);
  for (const order of orders) {
    const sighting = sightings.get(order.brokerOrderId);
    if (sighting === undefined) continue;
    const known = { quantity: order.filledQuantity, averagePrice: order.averagePrice };
    const traded = trades.get(order.brokerOrderId) ?? { quantity: 0, averagePrice: null };
    const { inheritedMs } = args;
    const followed = followOrder({ known, sighting, traded, lacksTrades, inheritedMs });
    if (!(await move(db, { order, followed }, args))) continue;
    result.moved.push({ order, followed });
    if (followed.status !== 'accepted') result.woken.push(...(await wakeWaiters(db, [order.id])));
  }
  return result;
}

/**
 * Many adapters turn a broker's error into an empty book: a trade book that shows nothing is such a one when
 * something is known to have filled. In the analyzer the orders' own rows say what filled.
 */
function isLackingTrades(
  { mode, orders, trades }: Fetched,
  ours: readonly FollowedOrder[],
): boolean {
  if (mode === 'analyze' || trades.length > 0) return false;
  const isAnyComplete = orders.some(
    ({ status, quantity }) => status === 'complete' && quantity > 0,
  );
  return isAnyComplete || ours.some(({ filledQuantity }) => filledQuantity > 0);
}

function sightingsOf({ books, ages }: BookToFollow): Map<string, Sighting> {
  const ageOf = new Map(ages.map((age) => [age.brokerOrderId, age]));
  const sightings = new Map<string, Sighting>();
  for (const [index, row] of books.orders.entries()) {
    if (row.brokerOrderId === null) continue;
    const age = ageOf.get(row.brokerOrderId);
    const mayBeInherited = books.orders[index - 1]?.status === row.status;
    const { sameReads, sameForMs } = age ?? { sameReads: 1, sameForMs: 0 };
    const seen = { mode: books.mode, sameReads, sameForMs, mayBeInherited };
    sightings.set(row.brokerOrderId, { ...wordsOf(row), ...seen });
  }
  return sightings;
}

function wordsOf(row: OrderRow) {
  const { status, quantity, filledQuantity, averagePrice, rejectionReason } = row;
  return { status, quantity, filledQuantity, averagePrice, rejectionReason };
}

/** An order that is over keeps its status; only what fills late is added. */
async function move(
  db: Db,
  { order, followed }: FollowedBook['moved'][number],
  { books, tellsFills }: BookToFollow,
): Promise<boolean> {
  const to = order.status === 'accepted' ? followed.status : order.status;
  const hasFilled = followed.quantity > order.filledQuantity;
  if (to === order.status && !hasFilled) return false;
  const { quantity: filledQuantity, averagePrice, reason } = followed;
  const { mode } = books;
  const moves = {
    id: order.id,
    from: order.status,
    to,
    mode,
    filledQuantity,
    averagePrice,
    reason,
  };
  const isMoved = await moveFollowedOrder(db, moves);
  const alert = alertOf(order, { ...followed, status: to });
  if (isMoved && alert !== undefined && (tellsFills || alert.code !== 'filled')) {
    await raiseAlert(db, alert);
  }
  if (isMoved && hasFilled) await tellOverfilledExit(db, order);
  return isMoved;
}

function alertOf(order: FollowedOrder, followed: Followed): AlertToRaise | undefined {
  const { status, quantity, reason } = followed;
  const { accountId, strategyId, action, symbol, strategyName } = order;
  const subject = `${strategyName} ${instrumentKey(order)} ${order.id}`;
  const what = `${action} ${order.quantity || 'all of'} ${symbol} (${strategyName})`;
  const about = { accountId, strategyId, orderId: order.id, subject };
  if (status === 'filled') {
    const price = followed.averagePrice === null ? '' : ` at ${followed.averagePrice}`;
    return { ...about, code: status, text: `${what} was filled: ${quantity}${price}` };
  }
  if (status !== 'cancelled' && status !== 'rejected') return undefined;
  const isLate = order.status !== 'accepted';
  const text = isLate
    ? `${what} was ${status} by the broker, and ${quantity} filled all the same`
    : `${what} was accepted, then ${status} by the broker; ${quantity} filled${reason === null ? '' : `: ${reason}`}`;
  return { ...about, code: status, text };
}
