import { randomUUID } from 'node:crypto';
import { type ClaimSettings, giveBackOrder } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';
import type { Outcome } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptedOutcome as accepted,
  answerFirst,
  claimNow,
  statusOfOrder,
  unclearOutcome as unclear,
} from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let db: Db;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
  db = parts.db;
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seed = await seedStrategy(db);
});

const claim = async (orderId: OrderId, changes: Partial<ClaimSettings> = {}) =>
  await claimNow(db, { orderId, changes });
const answer = async (orderId: OrderId, outcome: Outcome) =>
  await answerFirst(db, { orderId, outcome });
const statusOf = async (id: OrderId) => await statusOfOrder(db, id);

describe("the attempt's own answer", () => {
  it('wins over a lease that was thought lost', async () => {
    const id = await storeOrder(seed);
    await claim(id);
    await db.updateTable('orders').set({ status: 'indeterminate' }).where('id', '=', id).execute();
    expect((await answer(id, accepted)).status).toBe('accepted');
  });

  it('does not touch an order that has moved on', async () => {
    const id = await storeOrder(seed);
    await claim(id);
    await answer(id, accepted);
    expect(
      (await answer(id, { kind: 'rejected', brokerOrderId: null, reason: 'late', mode: 'live' }))
        .status,
    ).toBeNull();
    expect(await statusOf(id)).toBe('accepted');
  });

  it('puts an exit that found nothing back while something of ours may still fill', async () => {
    const entry = await storeOrder(seed);
    await claim(entry);
    await answer(entry, unclear);
    const exit = await storeOrder(seed, { role: 'exit' });
    await claim(exit, { exitWaitMs: 0 });
    const nothing: Outcome = { kind: 'no_action', reason: 'flat', mode: 'live' };
    expect((await answer(exit, nothing)).status).toBe('queued');
  });

  it('survives answers that Postgres could not hold', async () => {
    const id = await storeOrder(seed);
    await claim(id);
    const odd = {
      kind: 'rejected',
      brokerOrderId: null,
      reason: 'a\0b\ud800',
      mode: 'live',
    } as const;
    expect((await answer(id, odd)).status).toBe('rejected');
  });
});

describe('giving back', () => {
  it('is only for the claim that was made', async () => {
    const id = await storeOrder(seed);
    await claim(id);
    expect(await giveBackOrder(db, { orderId: id, claimId: randomUUID() })).toEqual({
      isBack: false,
      woken: [],
    });
    expect(await statusOf(id)).toBe('submitting');
  });
});

it('keeps a story of every move', async () => {
  const id = await storeOrder(seed);
  await claim(id);
  await answer(id, accepted);
  const events = await db
    .selectFrom('order_events')
    .select('to_status')
    .where('order_id', '=', id)
    .orderBy(sql`seq`)
    .execute();
  expect(events.map((event) => event.to_status)).toEqual(['queued', 'submitting', 'accepted']);
});
