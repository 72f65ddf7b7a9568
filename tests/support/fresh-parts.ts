import { randomUUID } from 'node:crypto';
import { type Db, openDb } from '@orderlane/db/open-db';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { createDatabase, dropDatabase, withDatabase } from './database-admin.ts';

/** A test's own database and its own corner of Redis. */
export interface FreshParts extends AsyncDisposable {
  databaseUrl: string;
  redisUrl: string;
  /** Every key that the test writes begins with this. */
  redisPrefix: string;
  db: Db;
  dispose(): Promise<void>;
}

/** Copies the migrated template and opens it; `await using parts = await freshParts()`. */
export async function freshParts(): Promise<FreshParts> {
  const shared = inject('sharedParts');
  const id = randomUUID().slice(0, 13);
  const name = `orderlane_test_${id}`;
  const redisPrefix = `test-${id}`;
  await createDatabase(shared.adminUrl, { name, template: shared.templateDatabase });
  const databaseUrl = withDatabase(shared.adminUrl, name);
  const opened = openDb({ databaseUrl, poolSize: 10 });
  const dispose = async () => {
    await opened.close();
    await dropDatabase(shared.adminUrl, name);
    await deleteKeys(shared.redisUrl, redisPrefix);
  };
  return {
    databaseUrl,
    redisUrl: shared.redisUrl,
    redisPrefix,
    db: opened.db,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

async function deleteKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await redis.unlink(...keys);
    }
  } finally {
    redis.disconnect();
  }
}
