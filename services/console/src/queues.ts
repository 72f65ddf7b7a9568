import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { AccountId } from '@orderlane/domain/ids';
import { lanes as laneKinds } from '@orderlane/domain/lane';
import type { Lanes } from '@orderlane/queue/lanes';
import { Hono } from 'hono';

type Queue = ReturnType<Lanes['queue']>;

interface ShownAccount {
  id: AccountId;
  name: string;
}

export interface QueuesDeps {
  lanes: Pick<Lanes, 'queue'>;
  /** The queue whose job makes the schedulers look at their clock. */
  tick: Queue;
  /** May throw: then the accounts that were seen last are shown. */
  listAccounts(): Promise<ShownAccount[]>;
  onError(error: unknown): void;
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
  app.use('/api/*', async (_context, next) => {
    try {
      const accounts = await deps.listAccounts();
      board.replaceQueues([tick, ...accounts.flatMap((account) => showLanes(deps, account))]);
    } catch (error) {
      deps.onError(error);
    }
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
