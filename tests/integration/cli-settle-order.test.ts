import { randomUUID } from 'node:crypto';
import type { OrderId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerFirst, claimNow, statusOfOrder, unclearOutcome } from '../support/claims.ts';
import { startCli } from '../support/cli-parts.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';

let cli: Awaited<ReturnType<typeof startCli>>;
let seed: Seed;

beforeAll(async () => {
  cli = await startCli();
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
});
beforeEach(async () => {
  seed = await seedStrategy(cli.parts.db);
});

async function lose(symbol: string): Promise<OrderId> {
  const orderId = await storeOrder(seed, {
    instrument: { exchange: 'NSE', symbol, product: 'MIS' },
  });
  await claimNow(seed.db, { orderId });
  await answerFirst(seed.db, { orderId, outcome: unclearOutcome });
  return orderId;
}

const settle = async (id: string, ...how: string[]) =>
  await cli.run(['orders', 'settle', id, ...how]);

describe('a person decides', () => {
  test('that it was placed: it is accepted, and whoever waited may go on', async () => {
    const id = await lose('SBIN');
    const waiting = await storeOrder(seed, { quantity: 3 });
    expect(await claimNow(seed.db, { orderId: waiting })).toMatchObject({ verdict: 'waits' });
    expect(await settle(id, '--placed', 'B77')).toMatchObject({ code: 0, stderr: '' });
    expect(await cli.json(['orders', '--limit', '2'])).toContainEqual(
      expect.objectContaining({ id, status: 'accepted', broker_order_id: 'B77' }),
    );
    expect(await claimNow(seed.db, { orderId: waiting })).toMatchObject({ verdict: 'taken' });
    const audit = await seed.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject', '=', `order ${id}`)
      .execute();
    expect(audit).toMatchObject([
      { what: 'order.settle', before: { status: 'indeterminate' }, after: { status: 'accepted' } },
    ]);
  });

  test('with an answer for programs where they ask for one', async () => {
    const id = await lose('SBIN');
    const settled = ['orders', 'settle', id, '--placed', 'B79'];
    expect(await cli.json(settled)).toMatchObject({ id, status: 'accepted' });
  });

  test('that it was not placed: it is absent, and can still turn up', async () => {
    const id = await lose('SBIN');
    expect((await settle(id, '--not-placed')).code).toBe(0);
    expect(await statusOfOrder(seed.db, id)).toBe('absent');
    expect((await settle(id, '--placed', 'B78')).code).toBe(0);
    expect(await statusOfOrder(seed.db, id)).toBe('accepted');
  });
});

describe('what cannot be decided', () => {
  test.each<[string, string[], string]>([
    ['nothing said', [], 'bad_decision'],
    ['both said', ['--placed', 'B1', '--not-placed'], 'bad_decision'],
    ['an empty number', ['--placed', ' '], 'bad_decision'],
  ])('%s', async (_name, how, code) => {
    const id = await lose('SBIN');
    expect((await settle(id, ...how)).stderr).toMatch(new RegExp(`^error ${code}: `));
    expect(await statusOfOrder(seed.db, id)).toBe('indeterminate');
  });

  test.each([randomUUID(), 'no-id'])('an order %s that does not exist', async (id) => {
    expect((await settle(id, '--not-placed')).stderr).toMatch(/^error unknown_order: /);
  });

  test('an order that is not indeterminate', async () => {
    const id = await storeOrder(seed);
    expect((await settle(id, '--not-placed')).stderr).toMatch(/^error not_indeterminate: .*queued/);
  });

  test.each([
    ['of another instrument', { symbol: 'INFY', action: 'BUY' }],
    ['of the other side', { symbol: 'SBIN', action: 'SELL' }],
  ])('a number that the order book shows as one %s', async (_name, seen) => {
    const id = await lose('SBIN');
    await seed.db
      .insertInto('broker_orders')
      .values({
        ...{ account_id: seed.accountId, broker_order_id: 'B80', mode: 'analyze' },
        ...{ exchange: 'NSE', product: 'MIS', quantity: 10, status: 'complete', ...seen },
        status_since: new Date(),
      })
      .execute();
    expect((await settle(id, '--placed', 'B80')).stderr).toMatch(
      new RegExp(`^error bad_decision: .*${seen.action} 10 NSE:${seen.symbol}:MIS`),
    );
    expect(await statusOfOrder(seed.db, id)).toBe('indeterminate');
  });

  test('a number that another order has', async () => {
    const [one, other] = [await lose('SBIN'), await lose('INFY')];
    await settle(one, '--placed', 'B79');
    expect((await settle(other, '--placed', 'B79')).stderr).toMatch(/^error broker_order_taken: /);
    expect(await statusOfOrder(seed.db, other)).toBe('indeterminate');
  });
});
