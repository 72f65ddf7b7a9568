import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import { listMoves, type MoveCursor, type OrderMove } from '@orderlane/db/order-moves';
import { isPostgresAway } from '@orderlane/db/postgres-away';
import { orderData } from '@orderlane/manage/order-data';
import type { SSEStreamingApi } from 'hono/streaming';
import { isStillSignedIn } from '../auth/is-still-signed-in.ts';
import type { SignedIn } from '../http/console-env.ts';
import { cursorAt, showCursor } from './move-cursor.ts';
import type { MoveWatch } from './move-feed.ts';

/** Proxies close what is silent; and who is not signed in any more is seen by then. */
const BEAT_MS = 15_000;
const RETRY_MS = 2000;
/** Whoever missed more reads the lists anew. */
const movesAtMost = 1000;
const farBehind = 50_000;

export interface MoveStream {
  db: Db;
  stream: SSEStreamingApi;
  watch: MoveWatch;
  caller: SignedIn;
  tenant: string | null;
  /** Ends the stream: the console stops, or the caller has gone. */
  ended: AbortSignal;
}

/** Sends the moves that `since` has not seen, and those to come, until the caller goes. */
export async function streamMoves(moves: MoveStream, since: MoveCursor): Promise<void> {
  const { watch, ended, stream } = moves;
  let seen = since;
  await send(stream, { event: 'ready', id: seen, data: {} });
  while (!ended.aborted) {
    const isOver = await watch
      .more(seen, AbortSignal.any([ended, AbortSignal.timeout(BEAT_MS)]))
      .then(
        () => false,
        () => ended.aborted,
      );
    if (isOver) return;
    const after = await sendUnseen(moves, seen).catch(async (error: unknown) => {
      if (!isPostgresAway(error)) throw error;
      await sleep(RETRY_MS, undefined, { signal: ended }).catch(() => undefined);
      return seen;
    });
    if (after === undefined) return;
    seen = after;
  }
}

/** Sends what there is, or a sign of life; undefined: the caller is not signed in any more. */
async function sendUnseen(moves: MoveStream, seen: MoveCursor): Promise<MoveCursor | undefined> {
  const { db, stream, watch, caller, tenant } = moves;
  if (!(await isStillSignedIn(db, caller))) return undefined;
  const until = watch.cursor();
  const isFar = until.upTo < seen.upTo || until.upTo - seen.upTo > farBehind;
  const limit = movesAtMost + 1;
  const unseen = isFar ? [] : await listMoves(db, { since: seen, until, tenant, limit });
  if (isFar || unseen.length > movesAtMost) {
    await send(stream, { event: 'reset', id: until, data: {} });
    return until;
  }
  for (const move of unseen) {
    await send(stream, {
      event: 'order',
      id: cursorAt(move.seq, { seen, until }),
      data: moveData(move),
    });
  }
  // A comment keeps proxies calm, and an id alone moves on without an event.
  await stream.write(`:\nid: ${showCursor(until)}\n\n`);
  return until;
}

async function send(
  stream: SSEStreamingApi,
  message: { event: 'ready' | 'reset' | 'order'; id: MoveCursor; data: unknown },
): Promise<void> {
  const { event, id, data } = message;
  const retry = event === 'ready' ? { retry: RETRY_MS } : {};
  await stream.writeSSE({ event, id: showCursor(id), data: JSON.stringify(data), ...retry });
}

function moveData({ order, ...move }: OrderMove) {
  return { ...move, order_id: order.id, order: orderData(order) };
}
