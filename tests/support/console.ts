import { brandIds } from '@orderlane/domain/ids';
import { createLanes, type Lanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { testSecretKey } from './accounts.ts';
import { freePort } from './free-port.ts';
import type { FreshParts } from './fresh-parts.ts';
import { type Caller, createBrowser } from './here-console.ts';
import { startProcess, type TestProcess } from './start-process.ts';

const admin = { email: 'admin@example.com', password: 'a password of tests' };

export interface ConsoleProcess extends TestProcess {
  /** A browser in which the administrator is signed in. */
  admin: Caller;
}

/** The console as its own process, on the test's parts, with its administrator signed in. */
export async function startConsole(
  parts: Pick<FreshParts, 'databaseUrl' | 'redisUrl' | 'redisPrefix'>,
  besides: Record<string, string> = {},
): Promise<ConsoleProcess> {
  const { email, password } = admin;
  const env = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, ...besides };
  const process = await startConsoleProcess(parts, env);
  const browser = createBrowser(process.url);
  const { status, text } = await browser.post('/sign-in', admin);
  if (status !== 200) throw new Error(`The administrator was not signed in: ${text}`);
  return { ...process, admin: browser };
}

/** The console as its own process, and nothing else. */
export async function startConsoleProcess(
  parts: Pick<FreshParts, 'databaseUrl' | 'redisUrl' | 'redisPrefix'>,
  env: Record<string, string> = {},
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
      ORDERLANE_SECRET_KEY: testSecretKey,
      ...env,
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
export async function shownQueues(
  console: ConsoleProcess,
  activeQueue = '',
): Promise<ShownQueue[]> {
  const answer = await console.admin.get(`/queues/api/queues?activeQueue=${activeQueue}`);
  if (answer.status !== 200) throw new Error(`The queues were not shown: ${answer.text}`);
  return answer.body['queues'] as ShownQueue[];
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
