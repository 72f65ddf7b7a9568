import { randomUUID } from 'node:crypto';
import { claimBookReads } from '@orderlane/db/book-reads';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { readBooks } from '@orderlane/scheduler/read-books';
import { answerJson, startHttpServer } from './far-side.ts';
import { openTestClient } from './openalgo-calls.ts';

/** Both books as OpenAlgo's adapters write them. */
export interface ShownBooks {
  mode: TradingModeSeen;
  orders: readonly Record<string, unknown>[];
  trades: readonly Record<string, unknown>[];
}

const always = {
  ...{ unsettledMs: 0, soonMs: 0, openMs: 0, idleMs: 0 },
  ...{ smartRestMs: 0, postponedMs: 0 },
};
const ignore = () => undefined;
const ignoreLater = async () => await Promise.resolve();

/** A scheduler's one read of an account whose OpenAlgo shows these books. */
export async function readOnce(
  { db, accountId }: { db: Db; accountId: AccountId },
  { mode, orders, trades }: ShownBooks,
): Promise<void> {
  const said = { status: 'success', ...(mode === 'analyze' && { mode }) };
  await using server = await startHttpServer((response, { path }) =>
    answerJson(response, 200, { ...said, data: path.endsWith('orderbook') ? { orders } : trades }),
  );
  await using client = openTestClient({ baseUrl: server.url });
  const args = { reader: randomUUID(), leaseMs: 60_000, isInSession: true, settings: always };
  const reads = await claimBookReads(db, args);
  const read = reads.find((each) => each.accountId === accountId);
  if (read === undefined) throw new Error('The account is not due');
  await readBooks(
    {
      ...{ db, clientOf: () => client, timeoutMs: 5000 },
      ...{ inheritedMs: 0, tellsFills: false, absentAfterMs: 130_000 },
      ...{ onMoved: ignore, onSettled: ignore, enqueue: ignoreLater, onSessionDead: ignoreLater },
    },
    read,
  );
}
