import { type AccountRow, seeAccountMode } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { TimedReply } from '@orderlane/openalgo/call-endpoint';
import type { Rows } from '@orderlane/openalgo/wire/rows';

/** A book of the account in the mode that it is known to be in, or why it proves nothing. */
export type BookInMode<Row> =
  | { kind: 'read'; rows: Row[]; isEmpty: boolean; mode: TradingModeSeen }
  | { kind: 'unread'; reason: string; isSessionDead: boolean };

/**
 * Reads one book, and tells the database at once in which mode OpenAlgo answered. What is held in one mode is
 * nothing in the other: a book of another mode than the account's row says proves nothing. Must not be called
 * by a transaction that holds an order.
 */
export async function readInMode<Row>(
  { db }: { db: Db },
  account: Pick<AccountRow, 'id' | 'mode'>,
  read: () => Promise<TimedReply<Rows<Row>>>,
): Promise<BookInMode<Row>> {
  const askedAt = performance.now();
  const reply = await read();
  if (reply.kind === 'failure') {
    return unread(reply.reason, reply.cause === 'session_dead');
  }
  const { mode } = reply;
  const askedAgoMs = performance.now() - askedAt;
  await seeAccountMode(db, { id: account.id, mode, askedAgoMs });
  if (account.mode !== null && account.mode !== mode) {
    return unread(`OpenAlgo answered in mode ${mode}, asked for was mode ${account.mode}`);
  }
  const { rows, isClean, isEmpty, flaws } = reply.value;
  return isClean ? { kind: 'read', rows, isEmpty, mode } : unread(flaws.join('; '));
}

function unread(reason: string, isSessionDead = false) {
  return { kind: 'unread', reason, isSessionDead } as const;
}
