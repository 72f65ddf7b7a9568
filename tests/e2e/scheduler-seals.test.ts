import { verifyOrderEvents } from '@orderlane/db/verify-order-events';
import { expect, test } from 'vitest';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { openStack } from '../support/stack.ts';

test('two schedulers seal every move of an order, each once, and say so in their logs', async () => {
  await using stack = await openStack({ env: { SEAL_MS: '200' } });
  const { db, accountId } = stack;
  const strategyId = await makeStrategy(db, { account_id: accountId });
  const seed = { db, accountId, strategyId };
  await storeOrder(seed, { expiresInMs: 0 });
  const schedulers = [await stack.start('scheduler'), await stack.start('scheduler')];
  await storeOrder(seed, { expiresInMs: 0 });

  // Stored and expired: two moves of each order.
  const readSealed = async () => await verifyOrderEvents(db);
  await expect
    .poll(readSealed, { timeout: 50_000 })
    .toMatchObject({ rows: 4, unsealed: 0, flaws: [], sealFlaws: [] });
  const { head } = await readSealed();
  const listWitnesses = () =>
    schedulers.flatMap((scheduler) =>
      scheduler
        .logs()
        .filter(({ event, id }) => event === 'order_events_sealed' && id === head.seq),
    );
  await expect.poll(listWitnesses).toMatchObject([{ hash: head.hash }]);
});
