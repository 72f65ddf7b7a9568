import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { AccountId } from '@orderlane/domain/ids';
import { lanes as laneKinds } from '@orderlane/domain/lane';
import { refuse } from '@orderlane/domain/refusal';
import type { Lanes } from '@orderlane/queue/lanes';
import { Hono, type MiddlewareHandler } from 'hono';
import { refusalAnswer } from './http/error-answer.ts';

type Queue = ReturnType<Lanes['queue']>;

interface ShownAccount {
  id: AccountId;
  name: string;
}

export interface QueuesDeps {
  lanes: Pick<Lanes, 'queue'>;
  /** The queue whose job makes the schedulers look at their clock. */
  tick: Queue;
  listAccounts(): Promise<ShownAccount[]>;
}

/**
 * What waits, as Bull Board shows it, to look at only: the lanes of every account and the tick.
 * The accounts are asked for at each look, so that a new one appears by itself.
 * @param basePath where it is mounted, such as `/queues`
 */
export function createQueues(deps: QueuesDeps, basePath: string): Hono {
  const tick = show(deps.tick, { displayName: 'tick', description: 'square-off, every minute' });
  const server = new HonoAdapter(serveStatic).setBasePath(basePath);
  const board = createBullBoard({
    queues: [tick],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Orderlane queues', hideDocsLink: true } },
  });
  const app = new Hono();
  app.use('*', refuseChanges());
  app.use('/api/*', async (_context, next) => {
    const accounts = await deps.listAccounts();
    board.replaceQueues([tick, ...accounts.flatMap((account) => showLanes(deps, account))]);
    await next();
  });
  app.route('/', server.registerPlugin());
  return app;
}

function showLanes(deps: QueuesDeps, account: ShownAccount): BullMQAdapter[] {
  return laneKinds.map((lane) =>
    show(deps.lanes.queue(lane, account.id), {
      displayName: `${account.name}, ${lane}`,
      description: `${lane} orders of account ${account.id}`,
    }),
  );
}

function show(queue: Queue, label: { displayName: string; description: string }): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, { ...label, readOnlyMode: true, allowRetries: false });
  // A job is an order's id and nothing else. Should anyone ever put more in, nobody sees it here.
  adapter.setFormatter('data', () => ({}));
  adapter.setFormatter('returnValue', () => null);
  adapter.setFormatter('progress', () => 0);
  return adapter;
}

/** Nothing here changes anything, whatever Bull Board's own read-only mode lets through. */
function refuseChanges(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') {
      await next();
      return;
    }
    context.header('Allow', 'GET, HEAD');
    const text = 'The queues are to be looked at only: GET and HEAD';
    return refusalAnswer(context, refuse('method_not_allowed', { text }));
  };
}
