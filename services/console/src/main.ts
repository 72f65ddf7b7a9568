import { listAccounts } from '@orderlane/db/accounts';
import { openDb } from '@orderlane/db/open-db';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { createTickQueue } from '@orderlane/queue/tick';
import { runService } from '@orderlane/runtime/run-service';
import { serveApp } from '@orderlane/runtime/serve-app';
import { createConsoleApp } from './app.ts';
import { configSchema } from './config.ts';

await runService({ name: 'console', configSchema }, async ({ config, log, started }) => {
  const warn = (text: string) => (error: unknown) => log.warn({ err: error }, text);
  const { db, pool, close } = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize: 2,
    onConnectionError: warn('a Postgres connection broke'),
  });
  started.defer(close);
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const redis = openRedis(place, warn('Redis does not answer'));
  started.defer(() => closeRedis(redis));
  const shared = { redis, prefix: config.REDIS_PREFIX };
  const lanes = createLanes(shared);
  const app = createConsoleApp({
    queues: {
      lanes,
      tick: createTickQueue(shared),
      listAccounts: async () => await listAccounts(db),
      onError: warn('the queues could not be shown'),
    },
    checks: {
      postgres: async () => await pool.query('select 1'),
      redis: async () => await redis.ping(),
    },
  });
  const served = await serveApp({
    app,
    host: config.CONSOLE_HOST,
    port: config.CONSOLE_PORT,
    portVariable: 'CONSOLE_PORT',
  });
  started.use(served);
});
