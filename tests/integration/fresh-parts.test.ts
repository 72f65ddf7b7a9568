import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';

test('two tests never see each other’s tables or keys, and leave nothing behind', async () => {
  await using one = await freshParts();
  let otherPrefix: string;
  {
    await using other = await freshParts();
    otherPrefix = other.redisPrefix;
    await sql`create table only_here (id int)`.execute(other.db);
    const found = await sql<{
      found: string | null;
    }>`select to_regclass('only_here') as found`.execute(one.db);
    expect(found.rows).toEqual([{ found: null }]);
    await using redis = opened(other.redisUrl);
    await redis.set(`${other.redisPrefix}:key`, '1');
    expect(other.redisPrefix).not.toBe(one.redisPrefix);
  }
  await using redis = opened(one.redisUrl);
  expect(await redis.keys(`${otherPrefix}*`)).toEqual([]);
});

test('a fresh database has the migrated schema', async () => {
  await using parts = await freshParts();
  const rows = await parts.db.selectFrom('orders').selectAll().execute();
  expect(rows).toEqual([]);
});

function opened(redisUrl: string): Redis & AsyncDisposable {
  const redis = new Redis(redisUrl);
  return Object.assign(redis, {
    [Symbol.asyncDispose]: async () => await Promise.resolve(redis.disconnect()),
  });
}
