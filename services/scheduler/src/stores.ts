import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '@orderlane/db/open-db';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import type { ServiceParts } from '@orderlane/runtime/run-service';
import type { configSchema } from './config.ts';
import { createOutage } from './outage.ts';

export type Parts = ServiceParts<typeof configSchema.shape>;
export type Stores = Awaited<ReturnType<typeof openStores>>;

const redisPatienceMs = 1000;

/** Postgres, Redis and the lanes, with what tells when they are away. */
export async function openStores({ config, log, started }: Parts) {
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
  // Commands fail at once while Redis is away, which it is until it is reached for the first time.
  const ready = once(redis, 'ready').catch(() => undefined);
  await Promise.race([ready, sleep(redisPatienceMs)]);
  return { db: opened.db, redis, lanes, place, outages: { postgres, redis: redisOutage } };
}
