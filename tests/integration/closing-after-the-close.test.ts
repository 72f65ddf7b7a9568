import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, fillOrder, sendOrder } from '../support/positions.ts';
import { closingTimes, lookThatShows, workOnce } from '../support/work-closings.ts';

let parts: FreshParts;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(parts.db);
});

const exit = { role: 'exit', lane: 'regular', action: 'SELL', targetPosition: null } as const;
const refuse = async () => await Promise.reject(new Error('Something was asked of OpenAlgo'));

/** One step by a position book that shows the account's quantity. */
async function work(shown: number): Promise<void> {
  await sql`update closings set next_step_at = clock_timestamp() where status = 'open'`.execute(
    seed.db,
  );
  await workOnce(seed, {
    times: { ...closingTimes, watchMs: 60_000 },
    look: async () => await Promise.resolve(lookThatShows(shown)),
    cancel: refuse,
  });
}

async function close(agoMs: number): Promise<void> {
  const at = sql<Date>`now() - ms(${agoMs})`;
  await seed.db
    .updateTable('closings')
    .set({ closes_at: at })
    .where('status', '=', 'open')
    .execute();
}

async function ends() {
  const rows = await seed.db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select('closings.status')
    .where('si.strategy_id', '=', seed.strategyId)
    .execute();
  const orders = await seed.db
    .selectFrom('orders')
    .select('status')
    .where('strategy_id', '=', seed.strategyId)
    .where('role', '=', 'exit')
    .execute();
  const alerts = await seed.db
    .selectFrom('alerts')
    .select('code')
    .where('strategy_id', '=', seed.strategyId)
    .execute();
  return [
    rows.map(({ status }) => status),
    orders.map(({ status }) => status),
    alerts.map(({ code }) => code),
  ];
}

async function acceptedAtTheClose() {
  await fillNew(seed, { quantity: 10 });
  const orderId = await storeOrder(seed, { ...exit, quantity: 10, ownTarget: 0 });
  await sendOrder(seed.db, orderId);
  await close(1000);
  await work(10);
  return orderId;
}

it('a fill that the books show after the close is proved, and nobody is told that it failed', async () => {
  const orderId = await acceptedAtTheClose();
  expect(await ends()).toEqual([['open'], ['accepted'], []]);
  await fillOrder(seed.db, { orderId, filled: 10 });
  await work(0);
  await work(0);
  expect(await ends()).toEqual([['verified'], ['filled'], []]);
});

it('what did not fill is not sent again, and has failed when the books had time to show it', async () => {
  const orderId = await acceptedAtTheClose();
  await fillOrder(seed.db, { orderId, filled: 0, to: 'cancelled' });
  await work(10);
  expect(await ends()).toEqual([['open'], ['cancelled'], []]);
  await close(3_600_000);
  await work(10);
  expect(await ends()).toEqual([['failed'], ['cancelled'], ['exit_failed']]);
});
