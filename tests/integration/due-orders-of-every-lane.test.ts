import { listDueOrders } from '@orderlane/db/due-orders';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;

beforeEach(async () => {
  parts = await freshParts();
});
afterEach(async () => {
  await parts.dispose();
});

it('what waits on one lane keeps nothing of another from being found', async () => {
  const [busy, quiet] = [await seedStrategy(parts.db), await seedStrategy(parts.db)];
  for (let index = 0; index < 6; index++) await storeOrder(busy, { quantity: index + 1 });
  const [first, second] = [await storeOrder(quiet), await storeOrder(quiet, { quantity: 2 })];
  const exit = await storeOrder(quiet, {
    role: 'exit',
    lane: 'regular',
    priority: 2,
    instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' },
  });

  const due = await listDueOrders(parts.db, { limit: 6 });

  const ofQuiet = due.filter(({ accountId }) => accountId === quiet.accountId);
  expect(ofQuiet.map(({ id }) => id)).toEqual([exit, first, second]);
  expect(due).toHaveLength(6);
});
