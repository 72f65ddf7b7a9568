import { migrate } from '@orderlane/db/migrate';
import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { WebhookId } from '@orderlane/domain/ids';
import { startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { type RunningSimulator, startSimulator } from '@orderlane/simulator/start-simulator';
import { addAccount, testSecretKey } from '../support/accounts.ts';
import { makeStrategy } from '../support/factories.ts';
import { freePort } from '../support/free-port.ts';
import { startPrivateRedis } from '../support/private-redis.ts';
import { startProcess } from '../support/start-process.ts';

export interface BenchSystem extends AsyncDisposable {
  opened: OpenedDb;
  simulator: RunningSimulator;
  ingressUrl: string;
  webhookId: WebhookId;
}

const apiKey = 'bench-api-key';

/** The real processes on a Postgres that waits for its disk and a Redis with its append-only file. */
export async function startSystem(): Promise<BenchSystem> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await makeTemporaryFolder());
  const postgres = stack.use(
    await startPostgres({ dir: `${folder.path}/postgres`, port: await freePort() }),
  );
  const redis = stack.use(await startPrivateRedis({ appendOnly: true }));
  const databaseUrl = postgres.databaseUrl('postgres');
  await migrate(databaseUrl);
  const opened = openDb({ databaseUrl, poolSize: 4 });
  stack.defer(async () => await opened.close());
  const simulator = await startSimulator({ apikeys: [apiKey], mode: 'live', limits: 'off' });
  stack.defer(async () => await simulator.stop());
  const account_id = await addAccount(opened.db, { baseUrl: simulator.url, apiKey });
  const strategyId = await makeStrategy(opened.db, { account_id, max_orders_per_day: 1_000_000 });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(opened.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  const strategy = await findStrategy(opened.db, strategyId);
  if (strategy === undefined) throw new Error('The strategy was not made');
  const start = starter({ databaseUrl, redisUrl: redis.redisUrl });
  const ingress = stack.use(await start('ingress', 'INGRESS_PORT'));
  stack.use(await start('executor', 'EXECUTOR_PORT'));
  return {
    ...{ opened, simulator, ingressUrl: ingress.url, webhookId: strategy.webhookId },
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

function starter(place: { databaseUrl: string; redisUrl: string }) {
  return async (service: string, portVariable: string) => {
    const port = await freePort();
    const env = {
      DATABASE_URL: place.databaseUrl,
      REDIS_URL: place.redisUrl,
      ORDERLANE_SECRET_KEY: testSecretKey,
      WEBHOOK_RATE_LIMIT: '1000000 per minute',
      [portVariable]: String(port),
    };
    return await startProcess({
      name: service,
      entry: `services/${service}/src/main.ts`,
      port,
      env,
    });
  };
}
