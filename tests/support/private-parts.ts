import { openDb } from '@orderlane/db/open-db';
import type { FreshParts } from './fresh-parts.ts';
import { type PrivatePostgres, startPrivatePostgres } from './private-postgres.ts';
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts';

export interface PrivateParts extends FreshParts {
  postgres: PrivatePostgres;
  redis: PrivateRedis;
}

/** A Postgres and a Redis of the test's own, to be stopped, killed and wiped. */
export async function privateParts(): Promise<PrivateParts> {
  const [postgres, redis] = await Promise.all([startPrivatePostgres(), startPrivateRedis()]);
  const { databaseUrl } = postgres;
  const opened = openDb({ databaseUrl, poolSize: 10, onConnectionError: () => undefined });
  const dispose = async () => {
    await opened.close();
    await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
  };
  return {
    ...{ postgres, redis, databaseUrl, redisUrl: redis.redisUrl, redisPrefix: 'private' },
    db: opened.db,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}
