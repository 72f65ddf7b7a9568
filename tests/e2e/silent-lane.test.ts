import { once } from 'node:events';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { expect, it } from 'vitest';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { enqueueJobs, openStack, queuedOrders } from '../support/stack.ts';

it('an executor that takes no jobs though some wait ends, and says which lane', async () => {
  await using stack = await openStack({ env: { SILENT_LANE_MS: '3 seconds' } });
  const redis = openRedis(
    { redisUrl: stack.parts.redisUrl, prefix: stack.parts.redisPrefix },
    () => undefined,
  );
  await once(redis, 'ready');
  const lanes = createLanes({ redis, prefix: stack.parts.redisPrefix });
  const executor = await stack.start('executor');
  // As if its workers had died: the queue hands out nothing.
  await lanes.queue('regular', stack.accountId).pause();
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  await storeOrder({ db: stack.db, accountId: stack.accountId, strategyId });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  expect(await executor.waitForEvent('lane_silent')).toMatchObject({
    lane: `regular.${stack.accountId}`,
  });
  expect((await executor.exited).code).toBe(1);
  await lanes.close();
  closeRedis(redis);
});
