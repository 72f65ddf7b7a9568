import { once } from 'node:events';
import { openDb } from '@orderlane/db/open-db';
import { isPostgresAway } from '@orderlane/db/postgres-away';
import { executeOrder } from '@orderlane/executor/execute-order';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { openCuttable } from '../support/cuttable.ts';
import { makeExecuteDeps } from '../support/execute-deps.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

it('ends the order’s job at once, for another executor, while the claim is still being given back', async () => {
  const parts = await freshParts();
  const redis = new Redis(parts.redisUrl);
  await once(redis, 'ready');
  const seed = await seedStrategy(parts.db);
  const orderId = await storeOrder(seed);
  await using way = await openCuttable(parts.databaseUrl);
  const url = new URL(parts.databaseUrl);
  url.host = new URL(way.url).host;
  const { db, close } = openDb({ databaseUrl: url.href, poolSize: 1 });
  const given: string[] = [];
  const limits = { gapMs: 10, smartGapMs: 10, windows: [] };
  const deps = {
    ...makeExecuteDeps({
      ...{ db, redis, prefix: parts.redisPrefix },
      call: () => expect.fail('it was called'),
    }),
    // Between the look and the claim.
    shownPosition: async () => {
      way.cut();
      return await Promise.resolve(null);
    },
    giveBack: async ({ id }: { id: string }) => {
      given.push(id);
      await new Promise(() => undefined);
    },
  };
  const executed = executeOrder(deps, { orderId, accountId: seed.accountId, limits });
  await expect(executed).rejects.toSatisfy(isPostgresAway);
  expect(given).toEqual([orderId]);
  await close();
  redis.disconnect();
  await parts.dispose();
});
