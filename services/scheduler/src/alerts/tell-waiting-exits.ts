import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { listWaitingExits, type WaitingExit } from '@orderlane/db/waiting-exits';
import { timeOf } from './time-of.ts';

const exitsInRound = 200;

/**
 * Tells of exits that nobody sends: no executor runs, or OpenAlgo takes none. Each again every ten
 * minutes for as long as it waits.
 */
export async function tellWaitingExits(
  db: Db,
  { olderThanMs }: { olderThanMs: number },
): Promise<void> {
  for (const exit of await listWaitingExits(db, { olderThanMs, limit: exitsInRound })) {
    const { id: orderId, accountId, strategyId } = exit;
    const about = { orderId, accountId, strategyId, subject: orderId };
    await raiseAlert(db, { ...about, code: 'exit_waits', text: textOf(exit) });
  }
}

function textOf({ action, quantity, symbol, strategyName, storedAt, reason }: WaitingExit): string {
  const what = `${action} ${quantity || 'all of'} ${symbol} (${strategyName})`;
  const why = reason === null ? 'nobody has taken it' : reason;
  return `${what} waits to be sent since ${timeOf(storedAt)}: ${why}`;
}
