import { findWebhookTarget } from '@orderlane/db/webhook-target';
import { newId } from '@orderlane/runtime/new-id';
import { type StoreDecidedDeps, storeLocked } from '@orderlane/signals/store-decided';
import { createSignalStore } from '@orderlane/signals/store-together';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePlan, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const instrument = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;

let parts: FreshParts;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
});
afterAll(async () => {
  await parts.dispose();
});

function depsOf(): StoreDecidedDeps {
  return {
    db: parts.db,
    signalStore: createSignalStore({ db: parts.db, commitsAtOnce: 1 }),
    databaseClock: async () => await Promise.resolve(Date.now()),
    waitedTooLong: () => false,
    newId,
    intervalMs: () => ({ regular: 100, smart: 1000 }),
  };
}

it('a signal that is decided under the lock is stored though what is queued there expires meanwhile', async () => {
  await storeOrder(seed, { instrument, expiresInMs: 500 });
  const { webhook_id: webhookId } = await parts.db
    .selectFrom('strategies')
    .select('webhook_id')
    .where('id', '=', seed.strategyId)
    .executeTakeFirstOrThrow();
  const target = await findWebhookTarget(parts.db, webhookId);
  if (target === undefined) throw new Error('There is no such webhook');
  const decided = {
    plans: [makePlan({ instrument, quantity: 3 })],
    places: [{ accountId: seed.accountId, ...instrument }],
    ...{ signal: null, refusals: [], notes: [] },
  };
  const call = {
    webhookId,
    path: '/strategy/webhook',
    ...{ sender: null, contentType: 'application/json', idempotencyKey: null },
    body: { ok: true, bytes: Buffer.from('{}') } as const,
    rate: { level: 'within', isFirstOver: false, retryAfterS: 0 } as const,
    takenAt: performance.now(),
    cameAfter: performance.now(),
    msLeft: () => 10_000,
  };
  const stored = await storeLocked(depsOf(), { target, call, decided, held: new Map() }, (held) => {
    expect([...held.values()]).toMatchObject([{ own: 0, coming: 10 }]);
    // A busy process: the order that was counted is too old when it goes on.
    for (const until = Date.now() + 700; Date.now() < until; );
    return decided;
  });
  expect(stored?.stored).toMatchObject({ kind: 'stored', verdict: 'queued' });
});
