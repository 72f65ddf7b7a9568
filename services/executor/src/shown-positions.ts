import type { AccountRow } from '@orderlane/db/accounts';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import { type PositionRow, shownIn, shownWithHoldings } from '@orderlane/domain/shown-position';
import type { Books } from '@orderlane/openalgo/books';

export interface ShownPositionsDeps {
  clientOf(account: AccountRow): Pick<Books, 'readPositionBook' | 'readHoldings'>;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  sleep(ms: number): Promise<void>;
  /** An exit waits for the books this long at the most (ms). */
  withinMs: number;
  /** OpenAlgo serves positions from a cache: a book read this long after another is a new one (ms). */
  freshAfterMs: number;
}

export interface ShownPositions {
  /**
   * What the account holds of the order's instrument by a clean book (signed shares); null: the book
   * cannot be read in time, or proves nothing. One that shows less than the order closes is read twice.
   */
  of(account: AccountRow, order: OrderToSend): Promise<number | null>;
}

interface Read {
  startedAt: number;
  positions: Promise<PositionRow[] | undefined>;
  /** Read when the first CNC exit asks. */
  holdings?: Promise<PositionRow[] | undefined>;
}

/** Reads each account's position book at most once per `freshAfterMs`, for all exits that ask. */
export function createShownPositions(deps: ShownPositionsDeps): ShownPositions {
  const reads = new Map<AccountId, Read>();
  const readOf = (account: AccountRow): Read => {
    const known = reads.get(account.id);
    const startedAt = deps.monotonicNow();
    if (known !== undefined && startedAt - known.startedAt < deps.freshAfterMs) return known;
    const read = { startedAt, positions: readPositions(deps, account) };
    reads.set(account.id, read);
    return read;
  };
  const look = async (account: AccountRow, order: OrderToSend) =>
    await lookAt(deps, { account, order, read: readOf(account) });
  return {
    async of(account, order) {
      const until = deps.monotonicNow() + deps.withinMs;
      const first = await look(account, order);
      if (covers(first, order)) return first;
      if (deps.monotonicNow() + deps.freshAfterMs >= until) return first;
      await deps.sleep(deps.freshAfterMs);
      return (await look(account, order)) ?? first;
    },
  };
}

function covers(shown: number | null, { action, quantity }: OrderToSend): boolean {
  const held = action === 'SELL' ? (shown ?? 0) : -(shown ?? 0);
  return shown === null || held >= quantity;
}

async function lookAt(
  deps: ShownPositionsDeps,
  args: { account: AccountRow; order: OrderToSend; read: Read },
): Promise<number | null> {
  const { account, order, read } = args;
  const { exchange, symbol, product } = order;
  const instrument = { exchange, symbol, product };
  const positions = await read.positions;
  if (product !== 'CNC') return positions === undefined ? null : shownIn(positions, instrument);
  read.holdings ??= readHoldings(deps, account);
  const holdings = await read.holdings;
  if (positions === undefined || holdings === undefined) return null;
  return shownWithHoldings({ positions, holdings }, instrument);
}

async function readPositions(deps: ShownPositionsDeps, account: AccountRow) {
  const reply = await deps.clientOf(account).readPositionBook({ timeoutMs: deps.withinMs });
  return reply.kind === 'success' && reply.value.isClean ? reply.value.rows : undefined;
}

async function readHoldings(deps: ShownPositionsDeps, account: AccountRow) {
  const reply = await deps.clientOf(account).readHoldings({ timeoutMs: deps.withinMs });
  return reply.kind === 'success' && reply.value.isClean ? reply.value.rows : undefined;
}
