import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';
import { executeOrder } from '@orderlane/executor/execute-order';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  acceptedOutcome,
  answerFirst,
  claimNow,
  statusOfOrder,
  testClaimSettings,
} from '../support/claims.ts';
import { makeExecuteDeps } from '../support/execute-deps.ts';
import { makeStrategy, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const limits = { gapMs: 10, smartGapMs: 1000, windows: [] };
const smart = { lane: 'smart', targetPosition: 10 } as const;
const smartGapMs = 60_000;

let parts: FreshParts;
let opened: OpenedDb;
let redis: Redis;
let seed: Seed;
/** Two strategies' targets for one instrument of an account: neither waits for the other. */
let first: OrderId;
let second: OrderId;
let deps: ReturnType<typeof makeExecuteDeps>;
let calls: number;
let woken: { id: OrderId; ms: number }[];

beforeEach(async () => {
  parts = await freshParts();
  opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 4 });
  redis = new Redis(parts.redisUrl);
  seed = await seedStrategy(opened.db);
  const strategyId = await makeStrategy(opened.db, { account_id: seed.accountId });
  first = await storeOrder(seed, smart);
  second = await storeOrder({ ...seed, strategyId }, { ...smart, quantity: 20 });
  [calls, woken] = [0, []];
  deps = makeExecuteDeps({
    ...{ db: opened.db, redis, prefix: parts.redisPrefix },
    call: async () => {
      calls++;
      return await Promise.resolve({
        ...{
          outcome: acceptedOutcome,
          sentAgoMs: 1,
          answeredAgoMs: 0,
          httpStatus: 200,
          answer: null,
        },
      });
    },
  });
  deps.claimSettings = { ...testClaimSettings, smartGapMs };
  deps.wakeIn = ({ id }, ms) => woken.push({ id, ms });
});
afterEach(async () => {
  redis.disconnect();
  await opened.close();
  await parts.dispose();
});

const execute = async (orderId: OrderId) =>
  await executeOrder(deps, { orderId, accountId: seed.accountId, limits });

/** The first one's call is answered, and it has come to its end. */
async function endFirst(): Promise<void> {
  const outcome = { kind: 'no_action', reason: 'matched', mode: 'analyze' } as const;
  await answerFirst(opened.db, { orderId: first, outcome });
}

async function expectSecondRests(): Promise<void> {
  expect(calls).toBe(0);
  expect(deps.grants).toBe(0);
  expect(woken.map(({ id }) => id)).toEqual([second]);
  expect(woken[0]?.ms).toBeGreaterThan(0);
  expect(woken[0]?.ms).toBeLessThanOrEqual(smartGapMs);
  expect(await statusOfOrder(opened.db, second)).toBe('queued');
}

it('an order that has to rest asks for no slot, and comes back when it has', async () => {
  await claimNow(opened.db, { orderId: first });
  await endFirst();
  await execute(second);
  await expectSecondRests();
});

it('nor does one whose rest began while it waited at the gate', async () => {
  await claimNow(opened.db, { orderId: first });
  // The gate grants none for a long time: what is looked at meanwhile is the order.
  const { ask } = deps.gate;
  let isEnded = false;
  deps.gate.ask = async (question) => {
    if (!isEnded) {
      isEnded = true;
      await endFirst();
    }
    return Math.max(await ask(question), 50);
  };
  await execute(second);
  await expectSecondRests();
});

it('one that need not rest is called', async () => {
  await execute(second);
  expect({ calls, grants: deps.grants, woken }).toEqual({ calls: 1, grants: 1, woken: [] });
});
