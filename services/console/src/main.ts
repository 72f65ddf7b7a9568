import { listAccounts } from '@orderlane/db/accounts';
import { openDb, pingDb } from '@orderlane/db/open-db';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { createTickQueue } from '@orderlane/queue/tick';
import { runService } from '@orderlane/runtime/run-service';
import { serveApp } from '@orderlane/runtime/serve-app';
import { createConsoleApp } from './app.ts';
import { configSchema } from './config.ts';

await runService({ name: 'console', configSchema }, async ({ config, log, started }) => {
  const warn = (event: string, text: string) => (error: unknown) =>
    log.warn({ event, err: error }, text);
  const { db, close } = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize: 2,
    onConnectionError: warn('postgres_connection_lost', 'a connection to Postgres broke'),
  });
  started.defer(close);
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const redis = openRedis(place, warn('redis_unreachable', 'Redis does not answer'));
  started.defer(() => closeRedis(redis));
  const shared = { redis, prefix: config.REDIS_PREFIX };
  const lanes = createLanes(shared);
  const app = createConsoleApp({
    queues: {
      lanes,
      tick: createTickQueue(shared),
      listAccounts: async () => await listAccounts(db),
      onError: warn('queues_not_shown', 'the queues could not be shown'),
    },
    checks: {
      postgres: async () => await pingDb(db),
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
