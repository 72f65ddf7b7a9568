import { randomUUID } from 'node:crypto';
import { claimOrder, giveBackOrder } from '@orderlane/db/claim';
import { listDueOrders } from '@orderlane/db/due-orders';
import type { OrderId } from '@orderlane/domain/ids';
import type { Outcome } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  acceptedOutcome,
  answerFirst,
  claimNow,
  statusOfOrder,
  testClaimSettings,
  unclearOutcome,
} from '../support/claims.ts';
import { makeStrategy, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const exit = {
  role: 'exit',
  lane: 'smart',
  action: 'SELL',
  quantity: 0,
  targetPosition: 0,
} as const;

let parts: FreshParts;
let seed: Seed;

beforeEach(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
});
afterEach(async () => {
  await parts.dispose();
});

const claim = async (orderId: OrderId) => (await claimNow(parts.db, { orderId })).verdict;
const dueOrders = async () => (await listDueOrders(parts.db, { limit: 9 })).map(({ id }) => id);
const callIsOld = async (id: OrderId) =>
  await sql`update orders set claimed_at = claimed_at - interval '5 minutes' where id = ${id}`.execute(
    parts.db,
  );

test('of one closing, an older smart exit that comes back goes before a newer one', async () => {
  const older = await storeOrder(seed, exit);
  const claimId = randomUUID();
  await claimOrder(parts.db, { orderId: older, claimId, settings: testClaimSettings });
  const newer = await storeOrder(seed, exit);
  expect(await claim(newer)).toBe('waits');
  expect(await giveBackOrder(parts.db, { orderId: older, claimId })).toMatchObject({
    isBack: true,
  });
  expect(await claim(newer)).toBe('waits');
  expect(await claim(older)).toBe('taken');
});

describe('beside an exit that is on its way, another would close the same shares', () => {
  const outcomes: Record<string, Outcome | undefined> = {
    hangs: undefined,
    rests: acceptedOutcome,
    'waits for approval': { kind: 'awaiting_approval', pendingOrderId: '7', mode: 'analyze' },
    'may have arrived': unclearOutcome,
  };

  test.each(Object.entries(outcomes))('%s: it waits, however long', async (_, outcome) => {
    const first = await storeOrder(seed, exit);
    expect(await claim(first)).toBe('taken');
    if (outcome !== undefined) await answerFirst(parts.db, { orderId: first, outcome });
    const second = await storeOrder(seed, exit);
    await callIsOld(first);
    expect(await claimNow(parts.db, { orderId: second })).toEqual({
      verdict: 'waits',
      wakeInMs: null,
    });
  });

  test('of another strategy too, whose exits are regular orders', async () => {
    const other = {
      ...seed,
      strategyId: await makeStrategy(parts.db, { account_id: seed.accountId }),
    };
    const regular = {
      ...exit,
      lane: 'regular',
      quantity: 10,
      targetPosition: null,
      ownTarget: null,
    } as const;
    const first = await storeOrder(other, regular);
    expect(await claim(first)).toBe('taken');
    await answerFirst(parts.db, { orderId: first, outcome: acceptedOutcome });
    const second = await storeOrder(seed, exit);
    await callIsOld(first);
    expect(await claim(second)).toBe('waits');
  });
});

test('an exit whose end no book shows holds later ones up for a while only, once its closing is proved', async () => {
  const first = await storeOrder(seed, exit);
  await claim(first);
  await answerFirst(parts.db, { orderId: first, outcome: acceptedOutcome });
  await sql`select end_closing(id, 'verified', null) from closings`.execute(parts.db);
  const second = await storeOrder(seed, exit);
  expect(await claim(second)).toBe('waits');
  await callIsOld(first);
  expect(await claim(second)).toBe('taken');
});

test('an exit of another strategy that waited for one of an unknown end is woken when the closing of that has failed', async () => {
  const first = await storeOrder(seed, exit);
  await claim(first);
  await answerFirst(parts.db, { orderId: first, outcome: unclearOutcome });
  const strategyId = await makeStrategy(parts.db, { account_id: seed.accountId });
  const second = await storeOrder({ ...seed, strategyId }, exit);
  expect(await claim(second)).toBe('waits');
  await callIsOld(first);
  expect(await dueOrders()).toEqual([]);
  const { rows } = await sql<{ woken: unknown }>`
    select end_closing(closing_id, 'failed', null) as woken from orders where id = ${first}`.execute(
    parts.db,
  );
  expect(rows[0]?.woken).toMatchObject([{ id: second }]);
  expect(await dueOrders()).toEqual([second]);
  expect(await claim(second)).toBe('taken');
});

test('exits of one closing that were wished for before the first is called are met by it, and cost no turn', async () => {
  const first = await storeOrder(seed, exit);
  const again = await storeOrder(seed, exit);
  const half = await storeOrder(seed, { ...exit, quantity: 5, targetPosition: 5 });
  const strategyId = await makeStrategy(parts.db, { account_id: seed.accountId });
  const others = await storeOrder({ ...seed, strategyId }, exit);
  expect(await claimNow(parts.db, { orderId: first })).toMatchObject({
    verdict: 'taken',
    voided: [again],
  });
  const later = await storeOrder(seed, exit);
  expect(await statusOfOrder(parts.db, again)).toBe('superseded');
  for (const id of [half, others, later]) {
    expect(await statusOfOrder(parts.db, id)).toBe('queued');
  }
});

test.each([
  ['filled', 3],
  ['cancelled', 1],
] as const)(
  'an exit rests after one that was %s for %i gaps: a position book lags',
  async (status, gaps) => {
    const first = await storeOrder(seed, exit);
    await claim(first);
    await answerFirst(parts.db, { orderId: first, outcome: acceptedOutcome });
    await parts.db.updateTable('orders').set({ status }).where('id', '=', first).execute();
    const claimIn = async (orderId: OrderId) =>
      await claimNow(parts.db, { orderId, changes: { smartGapMs: 60_000 } });
    const rests = (most: number) => ({
      verdict: 'not_yet',
      wakeInMs: expect.toSatisfy((ms: number) => ms > most - 50_000 && ms <= most) as unknown,
    });
    expect(await claimIn(await storeOrder(seed, exit))).toEqual(rests(gaps * 60_000));
    await sql`update closings set status = 'verified', ended_at = now()`.execute(parts.db);
    await sql`update orders set status = 'cancelled' where status = 'queued'`.execute(parts.db);
    const entry = await storeOrder(seed, { lane: 'smart', targetPosition: 10 });
    expect(await claimIn(entry)).toEqual(rests(60_000));
  },
);

test('an entry on its way holds an exit up for a while only', async () => {
  const entry = await storeOrder(seed, { role: 'entry' });
  expect(await claim(entry)).toBe('taken');
  const second = await storeOrder(seed, exit);
  expect(await claim(second)).toBe('waits');
  await callIsOld(entry);
  expect(await claim(second)).toBe('taken');
});

test('what comes back when its closing has ended is sent no more', async () => {
  const stopped = await storeOrder(seed, exit);
  const claimId = randomUUID();
  await claimOrder(parts.db, { orderId: stopped, claimId, settings: testClaimSettings });
  await sql`select end_closing(id, 'verified', null) from closings`.execute(parts.db);
  expect(await giveBackOrder(parts.db, { orderId: stopped, claimId })).toMatchObject({
    isBack: true,
  });
  expect(await claim(stopped)).toBe('superseded');
  expect(await statusOfOrder(parts.db, stopped)).toBe('superseded');
});
