import type { ClaimResult } from '@orderlane/db/claim';
import { findOrderToSend } from '@orderlane/db/due-orders';
import { findWebhookTarget } from '@orderlane/db/webhook-target';
import {
  type Brake,
  brakeEffect,
  brakeKinds,
  brakes,
  killSwitches,
  type QueuedEffect,
} from '@orderlane/domain/brakes';
import type { OrderId } from '@orderlane/domain/ids';
import type { Role } from '@orderlane/domain/order-plan';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyBrake, removeBrakes, targetsOf } from '../support/brakes.ts';
import { claimNow, dueOrderIds } from '../support/claims.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seed: Seed;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  await removeBrakes(parts.db);
  seed = await seedStrategy(parts.db);
});

const roles = ['entry', 'exit'] as const satisfies readonly Role[];
const columnOf = { entry: 'queuedEntry', exit: 'queuedExit' } as const;

const effectOf: Partial<Record<ClaimResult['verdict'], QueuedEffect>> = {
  taken: 'send',
  braked: 'wait',
  cancelled: 'cancel',
};

/** An order of each role, on an instrument of its own: they do not wait for each other. */
async function store(role: Role): Promise<OrderId> {
  const instrument = { exchange: 'NSE', symbol: role.toUpperCase(), product: 'MIS' } as const;
  return await storeOrder(seed, { role, instrument });
}

/** What the database says of a queued order: to the sweep, the executor and the claim. */
async function ask(id: OrderId) {
  const isDue = (await dueOrderIds(parts.db)).includes(id);
  const isHopeless = (await findOrderToSend(parts.db, { ...seed, id, smartGapMs: 0 }))?.hopeless;
  const claim = await claimNow(parts.db, { orderId: id });
  const row = await parts.db
    .selectFrom('orders')
    .select(['status', 'code'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const code = claim.verdict === 'braked' ? claim.brake : row.code;
  return { effect: effectOf[claim.verdict], code, isDue, isHopeless, status: row.status };
}

const statusAfter = { send: 'submitting', wait: 'queued', cancel: 'cancelled' } as const;

describe.each(brakeKinds)('%s: the database says what the table says of', (brake) => {
  it.each(roles)('a queued %s', async (role) => {
    const id = await store(role);
    await applyBrake(seed, brake, { scope: 'account', id: seed.accountId });

    const effect = brakes[brake][columnOf[role]];
    expect(await ask(id)).toEqual({
      effect,
      code: effect === 'send' ? null : brakes[brake].code,
      status: statusAfter[effect],
      // What is void is claimed once, to be ended.
      isDue: effect !== 'wait',
      isHopeless: effect === 'wait',
    });
  });

  it('a webhook: the ingress sees this brake', async () => {
    await applyBrake(seed, brake, { scope: 'account', id: seed.accountId });
    const { webhook_id } = await parts.db
      .selectFrom('strategies')
      .select('webhook_id')
      .where('id', '=', seed.strategyId)
      .executeTakeFirstOrThrow();
    const target = await findWebhookTarget(parts.db, webhook_id);
    const seen = target?.strategy.isActive ? target.brakes : ['strategy_inactive'];
    expect(seen).toEqual([brake]);
  });
});

// In a restored database a claim ends nothing: see tests/integration/restored-database.test.ts.
const ending = brakeKinds.filter((brake) => brake !== 'restored');

const pairs = ending.flatMap((one, index) =>
  ending.slice(index + 1).map((other): [Brake, Brake] => [one, other]),
);

it.each(pairs)('%s with %s: the stricter counts', async (one, other) => {
  const [, account, strategy] = targetsOf(seed);
  if (account === undefined || strategy === undefined) throw new Error('no targets');
  const ids = { entry: await store('entry'), exit: await store('exit') };
  await applyBrake(seed, one, account);
  await applyBrake(seed, other, strategy);

  for (const role of roles) {
    const expected = brakeEffect([one, other], columnOf[role])?.effect ?? 'send';
    expect([role, (await ask(ids[role])).effect]).toEqual([role, expected]);
  }
});

describe.each(killSwitches)('%s', (brake) => {
  it('covers what it was set for', async () => {
    for (const index of [0, 1, 2]) {
      const target = targetsOf(seed)[index];
      if (target === undefined) throw new Error('no target');
      await parts.db.deleteFrom('brakes').execute();
      await applyBrake(seed, brake, target);
      const { effect } = await ask(await store('entry'));
      expect([target.scope, effect]).toEqual([target.scope, brakes[brake].queuedEntry]);
      seed = await seedStrategy(parts.db);
    }
  });

  it('covers nothing else', async () => {
    const other = await seedStrategy(parts.db);
    await applyBrake(other, brake, { scope: 'account', id: other.accountId });
    await applyBrake(other, brake, { scope: 'strategy', id: other.strategyId });
    for (const role of roles) expect((await ask(await store(role))).effect).toBe('send');
  });
});
