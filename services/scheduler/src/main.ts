import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb, pingDb } from '@orderlane/db/open-db';
import { limitsOf } from '@orderlane/queue/account-limits';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { runService, type ServiceParts } from '@orderlane/runtime/run-service';
import { serveHealth } from '@orderlane/runtime/serve-health';
import { configSchema } from './config.ts';
import { createOutage } from './outage.ts';
import { repeat } from './repeat.ts';
import { reportExpired, reportLapsed } from './report.ts';
import { sweepQueued } from './sweep-queued.ts';

type Parts = ServiceParts<typeof configSchema.shape>;
type Stores = ReturnType<typeof openStores>;

const redisPatienceMs = 1000;

await runService({ name: 'scheduler', configSchema }, start);

async function start(parts: Parts): Promise<void> {
  const stores = openStores(parts);
  await firstAnswer(stores.redis);
  startSweep(parts, stores);
  await openHealth(parts, stores);
}

function openStores({ config, log, started }: Parts) {
  const postgres = createOutage(log, 'postgres');
  const opened = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    onConnectionError: postgres.failed,
  });
  started.defer(async () => await opened.close());
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const redisOutage = createOutage(log, 'redis');
  const redis = openRedis(place, redisOutage.failed);
  started.defer(() => closeRedis(redis));
  const lanes = createLanes({ redis, prefix: place.prefix });
  started.defer(async () => await lanes.close());
  return { db: opened.db, redis, lanes, place, outages: { postgres, redis: redisOutage } };
}

/** Commands fail at once while Redis is away, which it is until it is reached for the first time. */
async function firstAnswer(redis: Stores['redis']): Promise<void> {
  const ready = once(redis, 'ready').catch(() => undefined);
  await Promise.race([ready, sleep(redisPatienceMs)]);
}

function startSweep({ config, log, started }: Parts, { db, redis, lanes, outages }: Stores): void {
  const sweep = started.use(
    repeat({
      everyMs: config.SWEEP_MS,
      run: async () => {
        await sweepQueued({
          db,
          lanes,
          redis: outages.redis,
          limit: config.SWEEP_LIMIT,
          limitsOf: (account) => limitsOf(config, account),
          onExpired: (order) => reportExpired(log, order),
          onLapsed: (order) => reportLapsed(log, order),
        });
        outages.postgres.over();
      },
      onError: outages.postgres.failed,
    }),
  );
  // A Redis that comes back may have lost everything.
  redis.on('ready', sweep.soon);
}

async function openHealth({ config, started }: Parts, { db }: Stores): Promise<void> {
  started.use(
    await serveHealth({
      service: 'scheduler',
      host: config.LISTEN_HOST,
      port: config.SCHEDULER_PORT,
      portVariable: 'SCHEDULER_PORT',
      // Without Redis it repairs and watches all the same.
      checks: { postgres: async () => await pingDb(db) },
    }),
  );
}
