import { type AccountRow, findAccount, seeAccountMode } from '@orderlane/db/accounts';
import { type BookRead, endBookRead, holdBookRead } from '@orderlane/db/book-reads';
import {
  type BrokerOrderSeen,
  listKnownBrokerOrders,
  recordBrokerOrders,
} from '@orderlane/db/broker-orders';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { AccountId } from '@orderlane/domain/ids';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Books } from '@orderlane/openalgo/books';
import type { OrderRow } from '@orderlane/openalgo/wire/order-row';
import { type FetchedBooks, fetchBooks } from './fetch-books.ts';
import { type FollowedBook, followBook } from './follow-book.ts';
import { type SettledOrder, settleOrders } from './settle-orders.ts';
import { sumTrades } from './sum-trades.ts';

export interface ReadBooksDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Books, 'readOrderBook' | 'readTradeBook'>;
  /** For each of the two books (ms). */
  timeoutMs: number;
  /** See `followOrder` (ms). */
  inheritedMs: number;
  /** See `followBook`. */
  tellsFills: boolean;
  /** See `settleByBook` (ms). */
  absentAfterMs: number;
  /** After the commit. */
  onMoved(moved: FollowedBook['moved'][number]): void;
  onSettled(settled: SettledOrder): void;
  enqueue(orders: DueOrder[]): Promise<void>;
  onSessionDead(accountId: AccountId): Promise<void>;
}

/**
 * Reads an account's order book and trade book and moves our accepted orders by them. A read that is
 * not clean, or whose lease was lost, changes nothing.
 */
export async function readBooks(deps: ReadBooksDeps, read: BookRead): Promise<void> {
  const account = await findAccount(deps.db, read.accountId);
  if (account === undefined) return;
  const askedAt = performance.now();
  const books = await fetchBooks(deps.clientOf(account), deps.timeoutMs);
  if (books.mode !== null) {
    const { id } = account;
    await seeAccountMode(deps.db, {
      id,
      mode: books.mode,
      askedAgoMs: performance.now() - askedAt,
    });
  }
  const { moved, settled, woken } = await recordRead(deps, { account, read, books });
  for (const each of moved) deps.onMoved(each);
  for (const each of settled) deps.onSettled(each);
  if (woken.length > 0) await deps.enqueue(woken);
  if (books.kind === 'unclean' && books.isSessionDead) await deps.onSessionDead(account.id);
}

interface RecordedRead extends FollowedBook {
  settled: SettledOrder[];
}

async function recordRead(
  deps: ReadBooksDeps,
  args: { account: AccountRow; read: BookRead; books: FetchedBooks },
): Promise<RecordedRead> {
  const { account, read, books } = args;
  return await deps.db.transaction().execute(async (db) => {
    const nothing: RecordedRead = { moved: [], settled: [], woken: [] };
    const readStartedAt = await holdBookRead(db, read);
    if (readStartedAt === undefined) return nothing;
    if (books.kind === 'unclean') {
      await endBookRead(db, { read, failure: books.reason });
      return nothing;
    }
    const { accountId } = read;
    const { mode } = books;
    if (books.orders.length === 0) {
      // Many adapters turn a broker's error into an empty book: it proves nothing.
      await endBookRead(db, { read, failure: 'order book: empty, which proves nothing' });
      return nothing;
    }
    const missing = missingFrom(books.orders, await listKnownBrokerOrders(db, { accountId, mode }));
    if (missing.length > 0) {
      const failure = `order book: ${missing.length} orders of today are missing, ${missing[0]} for one`;
      await endBookRead(db, { read, failure });
      return nothing;
    }
    const ages = await recordBrokerOrders(db, { accountId, mode, rows: rowsOf(books) });
    const { inheritedMs, tellsFills, absentAfterMs } = deps;
    const tradesElsewhere = account.trades_elsewhere;
    const book = { accountId, mode, tradesElsewhere, readStartedAt, absentAfterMs };
    const { settled, woken } = await settleOrders(db, book);
    const followed = await followBook(db, { accountId, books, ages, inheritedMs, tellsFills });
    await endBookRead(db, { read, failure: null });
    return { moved: followed.moved, settled, woken: [...woken, ...followed.woken] };
  });
}

/** A book that lacks an order it showed today is not whole. */
function missingFrom(rows: readonly OrderRow[], known: readonly string[]): string[] {
  const shown = new Set(rows.map(({ brokerOrderId }) => brokerOrderId));
  return known.filter((id) => !shown.has(id));
}

/**
 * An id that comes twice counts once: the last row is the newest. Live rows do not say what filled, so
 * the trades do, above all of an order that was cancelled with a part of it filled.
 */
function rowsOf({ orders, trades }: Extract<FetchedBooks, { kind: 'fetched' }>): BrokerOrderSeen[] {
  const byId = new Map<string, BrokerOrderSeen>();
  const traded = sumTrades(trades);
  for (const row of orders) {
    const { brokerOrderId, exchange, symbol, product, action, quantity, status } = row;
    if (brokerOrderId === null) continue;
    const sum = traded.get(brokerOrderId);
    // Never more than was ordered: a trade row may come twice.
    const filledQuantity = Math.min(
      Math.max(row.filledQuantity ?? 0, sum?.quantity ?? 0),
      quantity,
    );
    const averagePrice = row.averagePrice ?? sum?.averagePrice ?? null;
    const { clientOrderId, timestamp: brokerTime } = row;
    byId.set(brokerOrderId, {
      ...{ exchange, symbol, product, brokerOrderId, action, quantity, status },
      ...{ filledQuantity, averagePrice, brokerTime, clientOrderId },
    });
  }
  return [...byId.values()];
}
