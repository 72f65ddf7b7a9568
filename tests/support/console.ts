import { brandIds } from '@orderlane/domain/ids';
import { createLanes, type Lanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import type { FreshParts } from './fresh-parts.ts';
import { startProcess, type TestProcess } from './start-process.ts';

/** The console as its own process, on the test's parts. */
export async function startConsole(
  parts: Pick<FreshParts, 'databaseUrl' | 'redisUrl' | 'redisPrefix'>,
): Promise<TestProcess> {
  const port = await freePort();
  return await startProcess({
    name: 'console',
    entry: 'services/console/src/main.ts',
    env: {
      DATABASE_URL: parts.databaseUrl,
      REDIS_URL: parts.redisUrl,
      REDIS_PREFIX: parts.redisPrefix,
      CONSOLE_PORT: String(port),
    },
    port,
  });
}

export interface ShownQueue {
  name: string;
  displayName: string;
  readOnlyMode: boolean;
  allowRetries: boolean;
  counts: Record<string, number>;
  jobs: { id: string; data: unknown }[];
}

/** What Bull Board shows; with `activeQueue`, the jobs of that queue too. */
export async function shownQueues(console: TestProcess, activeQueue = ''): Promise<ShownQueue[]> {
  const answer = await fetch(`${console.url}/queues/api/queues?activeQueue=${activeQueue}`);
  if (!answer.ok) throw new Error(`The queues were not shown: ${await answer.text()}`);
  const { queues } = (await answer.json()) as { queues: ShownQueue[] };
  return queues;
}

/** Lanes of the test's own, that nobody serves. */
export function openTestLanes(parts: FreshParts): Lanes & AsyncDisposable & { redis: Redis } {
  const redis = new Redis(parts.redisUrl);
  const lanes = createLanes({ redis, prefix: parts.redisPrefix });
  return Object.assign(lanes, {
    redis,
    [Symbol.asyncDispose]: async () => {
      await lanes.close();
      redis.disconnect();
    },
  });
}

export const waitingOrder = brandIds.order('0193f3a0-0000-7000-8000-000000000001');
