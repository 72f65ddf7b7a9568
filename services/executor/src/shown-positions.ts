import type { AccountRow } from '@orderlane/db/accounts';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { shownIn, shownWithHoldings } from '@orderlane/domain/shown-position';
import type { Books } from '@orderlane/openalgo/books';
import { type BookShown, createSharedBook, type SharedBook } from './shared-book.ts';

export interface ShownPositionsDeps {
  clientOf(account: AccountRow): Pick<Books, 'readPositionBook' | 'readHoldings'>;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  sleep(ms: number): Promise<void>;
  /** An exit waits for the books this long at the most (ms). */
  withinMs: number;
  /** See `SharedBookDeps` (ms). */
  freshAfterMs: number;
  /** A position book came in another mode than the account is believed to be in. Never throws. */
  seeMode(seen: { id: AccountId; mode: TradingModeSeen; askedAgoMs: number }): Promise<void>;
}

export interface ShownPositions {
  /**
   * What the account holds of the order's instrument by a clean book (signed shares); null: the book
   * cannot be read in time, or proves nothing, as one of the other mode. One that shows less than the order closes is read twice.
   */
  of(account: AccountRow, order: OrderToSend): Promise<number | null>;
}

interface AccountBooks {
  /** As last read: its address may have changed. */
  account: AccountRow;
  positions: SharedBook;
  /** Asked for by CNC exits only. */
  holdings: SharedBook;
}

export function createShownPositions(deps: ShownPositionsDeps): ShownPositions {
  const known = new Map<AccountId, AccountBooks>();
  const booksOf = (account: AccountRow): AccountBooks => {
    const books = known.get(account.id) ?? openBooks(deps, account);
    books.account = account;
    known.set(account.id, books);
    return books;
  };
  return {
    async of(account, order) {
      const until = deps.monotonicNow() + deps.withinMs;
      const look = async () => await lookAt(booksOf(account), { order, until });
      const first = await look();
      if (covers(first, order)) return first;
      if (deps.monotonicNow() + deps.freshAfterMs >= until) return first;
      await deps.sleep(deps.freshAfterMs);
      return (await look()) ?? first;
    },
  };
}

function covers(shown: number | null, { action, quantity }: OrderToSend): boolean {
  const held = action === 'SELL' ? (shown ?? 0) : -(shown ?? 0);
  return shown === null || held >= quantity;
}

function openBooks(deps: ShownPositionsDeps, account: AccountRow): AccountBooks {
  const { monotonicNow, freshAfterMs, withinMs: timeoutMs } = deps;
  const shared = (read: () => Promise<BookShown | undefined>) =>
    createSharedBook({ monotonicNow, freshAfterMs, read });
  const client = () => deps.clientOf(books.account);
  const books: AccountBooks = {
    account,
    positions: shared(async () => {
      const askedAt = monotonicNow();
      const reply = await client().readPositionBook({ timeoutMs });
      if (reply.kind === 'success' && reply.mode !== modeOf(books.account)) {
        // Before any exit goes on: what was taken for this mode must not be sent in the other.
        const askedAgoMs = monotonicNow() - askedAt;
        await deps.seeMode({ id: account.id, mode: reply.mode, askedAgoMs });
      }
      return bookIn(reply);
    }),
    holdings: shared(async () => bookIn(await client().readHoldings({ timeoutMs }))),
  };
  return books;
}

/** In which the account is believed to be; one that was never asked counts as live. */
function modeOf(account: AccountRow): TradingModeSeen {
  return account.mode ?? 'live';
}

function bookIn(reply: Awaited<ReturnType<Books['readPositionBook']>>): BookShown | undefined {
  if (reply.kind !== 'success' || !reply.value.isClean) return undefined;
  return { rows: reply.value.rows, mode: reply.mode };
}

/** Both books are asked for at once: together they take no longer than one. */
async function lookAt(
  { account, positions, holdings }: AccountBooks,
  { order, until }: { order: OrderToSend; until: number },
): Promise<number | null> {
  const { exchange, symbol, product } = order;
  const instrument = { exchange, symbol, product };
  const inMode = async (book: SharedBook) => {
    const shown = await book(until);
    return shown?.mode === modeOf(account) ? shown.rows : undefined;
  };
  if (product !== 'CNC') {
    const rows = await inMode(positions);
    return rows === undefined ? null : shownIn(rows, instrument);
  }
  const [rows, kept] = await Promise.all([inMode(positions), inMode(holdings)]);
  if (rows === undefined || kept === undefined) return null;
  return shownWithHoldings({ positions: rows, holdings: kept }, instrument);
}
