import { z } from '@hono/zod-openapi';
import type { MoveCursor } from '@orderlane/db/order-moves';
import { ManageError } from '@orderlane/manage/manage-error';
import type { Log } from '@orderlane/runtime/log';
import { streamSSE } from 'hono/streaming';
import { readCursor } from '../events/move-cursor.ts';
import type { MoveFeed } from '../events/move-feed.ts';
import { streamMoves } from '../events/stream-moves.ts';
import { callerOf } from '../http/access.ts';
import { createApi, route } from '../http/api.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';

/** More windows than anybody has; each costs a connection. */
const streamsOfAUser = 20;

const events = route(
  { access: 'read', errors: ['too_many_calls'] },
  {
    method: 'get',
    path: '/events',
    tags: ['orders'],
    summary: 'Orders as they move',
    description:
      'Server-sent events without end. `ready` comes first: what is read after it and what comes of it leave no gap. `order` is one move, with `seq`, `at`, `order_id`, `from_status`, `to_status`, `attempt`, `code`, `reason` and `order` as it is now. Whoever comes back with `Last-Event-ID` gets what was missed; `reset`: it is too much, read the lists anew.',
    request: {
      headers: z.object({
        'last-event-id': z.string().max(2000).optional().meta({
          description: 'The id of the last event that was seen; browsers send it by themselves.',
        }),
      }),
    },
    responses: {
      200: {
        description: 'The events.',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  },
);

export interface EventsDeps extends ManageDeps {
  log: Log;
  moves: MoveFeed;
  /** Aborted when the console stops: streams end of themselves. */
  shutdown: AbortSignal;
}

export function createEventRoutes({ db, log, moves, shutdown }: EventsDeps) {
  const streams = new Map<string, number>();
  return createApi().openapi(events, async (context) => {
    const caller = callerOf(context);
    const { tenant } = managerOf(db, context);
    const open = streams.get(caller.userId) ?? 0;
    if (open >= streamsOfAUser) throw new ManageError('too_many_calls');
    const watch = await moves.watch();
    streams.set(caller.userId, open + 1);
    const since = sinceOf(context.req.valid('header')['last-event-id'], watch.cursor());
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const ended = AbortSignal.any([shutdown, gone.signal]);
      try {
        await streamMoves({ db, stream, watch, caller, tenant, ended }, since);
      } catch (err) {
        log.error({ event: 'event_stream_failed', err }, 'a stream of events ended by a fault');
      } finally {
        watch[Symbol.dispose]();
        streams.set(caller.userId, (streams.get(caller.userId) ?? 1) - 1);
      }
    });
  });
}

/** From now on, or from where the caller left; an id that is none of ours is too far behind. */
function sinceOf(lastEventId: string | undefined, now: MoveCursor): MoveCursor {
  if (lastEventId === undefined || lastEventId === '') return now;
  return readCursor(lastEventId) ?? { upTo: Number.MAX_SAFE_INTEGER, missing: [] };
}
