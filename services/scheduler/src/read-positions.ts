import type { AccountRow } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { accountMayHold } from '@orderlane/db/square-offs';
import type { AccountId } from '@orderlane/domain/ids';
import type { OpenPosition } from '@orderlane/domain/plan-square-off';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Books } from '@orderlane/openalgo/books';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { readInMode } from './read-in-mode.ts';
import { type SmartSlotDeps, waitForSmartSlot } from './smart-slot.ts';

export type ReadPositions =
  | { kind: 'clean'; positions: OpenPosition[] }
  /** Nothing contradicts it, but many adapters turn a broker's error into an empty book. */
  | { kind: 'empty' }
  | { kind: 'unread'; reason: string };

export interface ReadPositionsDeps extends SmartSlotDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Books, 'readPositionBook'>;
  limitsOf(account: AccountRow): AccountLimits;
  /** For the wait at the gate and the call, each (ms). */
  timeoutMs: number;
  onSessionDead(accountId: AccountId): Promise<void>;
}

/** What the account holds in the mode that it is known to be in, as far as one read can say. */
export async function readPositions(
  deps: ReadPositionsDeps,
  account: AccountRow,
): Promise<ReadPositions> {
  const { timeoutMs } = deps;
  const limits = deps.limitsOf(account);
  await waitForSmartSlot(deps, { accountId: account.id, limits, withinMs: timeoutMs });
  const client = deps.clientOf(account);
  const book = await readInMode(
    deps,
    account,
    async () => await client.readPositionBook({ timeoutMs }),
  );
  if (book.kind === 'unread') {
    if (book.isSessionDead) await deps.onSessionDead(account.id);
    return { kind: 'unread', reason: book.reason };
  }
  if (!book.isEmpty) return { kind: 'clean', positions: book.rows.flatMap(named) };
  const mayHold = await accountMayHold(deps.db, { accountId: account.id, mode: book.mode });
  return mayHold
    ? { kind: 'unread', reason: 'it is empty, though orders of today left something open' }
    : { kind: 'empty' };
}

/** A position that OpenAlgo has no name for cannot be ordered. */
function named({ symbol, ...row }: Omit<OpenPosition, 'symbol'> & { symbol: string | null }) {
  return symbol === null ? [] : [{ ...row, symbol }];
}
