import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { migrate } from '@orderlane/db/migrate';
import { openDb } from '@orderlane/db/open-db';
import { insertMapping } from '@orderlane/db/strategies';
import { brandIds, type StrategyId, type WebhookId } from '@orderlane/domain/ids';
import { startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { makeStrategy } from '../support/factories.ts';
import { freePort } from '../support/free-port.ts';
import type { FreshParts } from '../support/fresh-parts.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

type Service = Parameters<Stack['start']>[0];

export interface BenchSystem extends AsyncDisposable {
  readonly stack: Stack;
  /** Starts one more process of a service and waits until it is ready. */
  start(service: Service, env?: Record<string, string>): Promise<TestProcess>;
  /** Those that were started, by name. */
  readonly pids: ReadonlyMap<string, number>;
  /** Parent of every Postgres process. */
  readonly postmasterPid: number;
}

/** No limit of a webhook's is to be measured here. */
const unlimited = { WEBHOOK_RATE_LIMIT: '1000000 per minute' };

/** The real processes on a Postgres that waits for its disk and a Redis with its append-only file. */
export async function startBenchSystem(): Promise<BenchSystem> {
  const own = new AsyncDisposableStack();
  const folder = own.use(await makeTemporaryFolder());
  const dir = `${folder.path}/postgres`;
  const settings = { max_connections: '300' };
  const postgres = own.use(await startPostgres({ dir, port: await freePort(), settings }));
  const redis = own.use(await startPrivateRedis({ appendOnly: true }));
  const databaseUrl = postgres.databaseUrl('postgres');
  await migrate(databaseUrl);
  const opened = openDb({ databaseUrl, poolSize: 10 });
  own.defer(async () => await opened.close());
  const dispose = async () => await own.disposeAsync();
  const parts: FreshParts = {
    ...{ databaseUrl, redisUrl: redis.redisUrl, redisPrefix: 'bench', db: opened.db, dispose },
    [Symbol.asyncDispose]: dispose,
  };
  const stack = await openStack({ parts, env: unlimited });
  const [pid] = (await readFile(`${dir}/data/postmaster.pid`, 'utf8')).split('\n');
  const pids = new Map<string, number>();
  return {
    ...{ stack, pids, postmasterPid: Number(pid) },
    async start(service, env = {}) {
      const started = await stack.start(service, env);
      pids.set(`${service} ${pids.size + 1}`, started.pid);
      return started;
    },
    [Symbol.asyncDispose]: async () => await stack[Symbol.asyncDispose](),
  };
}

export interface BenchStrategy {
  strategyId: StrategyId;
  webhookId: WebhookId;
}

/** A strategy that takes any symbol, as often as it likes. */
export async function makeBenchStrategy(
  stack: Pick<Stack, 'db' | 'accountId'>,
  values: Partial<Parameters<typeof makeStrategy>[1]> = {},
): Promise<BenchStrategy> {
  const webhookId = brandIds.webhook(randomUUID());
  const strategyId = await makeStrategy(stack.db, {
    ...{ account_id: stack.accountId, webhook_id: webhookId, max_orders_per_day: 10_000_000 },
    ...values,
  });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return { strategyId, webhookId };
}
