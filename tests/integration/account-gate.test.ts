import { setTimeout as sleep } from 'node:timers/promises';
import { brandIds } from '@orderlane/domain/ids';
import {
  type AccountGate,
  createAccountGate,
  type GateQuestion,
} from '@orderlane/queue/account-gate';
import { limitsOf } from '@orderlane/queue/account-limits';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let redis: Redis;
let gate: AccountGate;

beforeEach(async () => {
  parts = await freshParts();
  redis = new Redis(parts.redisUrl);
  gate = createAccountGate({ redis, prefix: parts.redisPrefix });
});
afterEach(async () => {
  redis.disconnect();
  await parts.dispose();
});

const accountId = brandIds.account(7);
const limits = { gapMs: 200, smartGapMs: 1000, windows: [] };

const ask = async (changes: Partial<GateQuestion> = {}) =>
  await gate.ask({ accountId, role: 'entry', lane: 'regular', limits, ...changes });

/** Asks until granted; how often it was refused. */
async function pass(changes: Partial<GateQuestion> = {}): Promise<void> {
  for (let wait = await ask(changes); wait > 0; wait = await ask(changes)) await sleep(wait);
}

describe('the gate', () => {
  it('treats an account that Redis knows nothing of as called just now', async () => {
    expect(await ask()).toBe(200);
    await pass();
    await redis.del(...(await redis.keys(`${parts.redisPrefix}*`)));
    expect(await ask()).toBe(200);
  });

  it('lets one through for each gap, whoever asks', async () => {
    await pass();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await ask()));
    expect(answers.every((wait) => wait > 0 && wait <= 200)).toBe(true);
    await sleep(210);
    const later = await Promise.all(Array.from({ length: 20 }, async () => await ask()));
    expect(later.filter((wait) => wait === 0)).toHaveLength(1);
  });

  it('makes entries stand back for an exit that waits', async () => {
    await pass();
    expect(await ask({ role: 'exit' })).toBeGreaterThan(0);
    await sleep(210);
    expect(await ask({ role: 'entry' })).toBe(5);
    expect(await ask({ role: 'exit' })).toBe(0);
  });

  it('makes smart entries stand back for a smart exit that waits, for as long as it goes on asking', async () => {
    const smart = { lane: 'smart' } as const;
    await pass(smart);
    // As a process that waits does: it asks again each half second.
    for (const _ of [1, 2]) {
      expect(await ask({ ...smart, role: 'exit' })).toBeGreaterThan(0);
      await sleep(500);
    }
    await sleep(10);
    expect(await ask(smart)).toBe(5);
    expect(await ask({ ...smart, role: 'exit' })).toBe(0);
    await sleep(1010);
    expect(await ask(smart)).toBe(0);
  });

  it('does not make entries wait for a smart exit that waits for its own gap', async () => {
    await pass({ lane: 'smart', role: 'exit' });
    expect(await ask({ lane: 'smart', role: 'exit' })).toBeGreaterThan(200);
    await sleep(210);
    expect(await ask()).toBe(0);
  });

  it('keeps accounts apart', async () => {
    await pass();
    await pass({ accountId: brandIds.account(8) });
    expect(await ask()).toBeLessThanOrEqual(200);
  });

  it('counts the longer windows of a compound rate', async () => {
    const compound = { ...limits, gapMs: 1, windows: [{ max: 3, windowMs: 60_000 }] };
    for (let call = 0; call < 3; call++) await pass({ limits: compound });
    expect(await ask({ limits: compound })).toBeGreaterThan(30_000);
  });

  it('keeps its distance from a call that left late', async () => {
    await pass();
    await sleep(150);
    await gate.leftLate({ accountId, role: 'entry', lane: 'regular', limits });
    expect(await ask()).toBeGreaterThan(150);
  });
});

describe("an account's limits", () => {
  const perSecond = (count: number) => [{ count, perMs: 1000 }];
  const defaults = { ORDER_RATE_LIMIT: perSecond(10), SMART_ORDER_RATE_LIMIT: perSecond(1) };

  it('are a little wider than the rate', () => {
    expect(limitsOf(defaults, undefined)).toEqual({ gapMs: 105, smartGapMs: 1100, windows: [] });
  });

  it("are the account's own where it has some", () => {
    const own = { order_rate: '5 per second; 40 per minute', smart_order_rate: null };
    expect(limitsOf(defaults, own)).toEqual({
      gapMs: 210,
      smartGapMs: 1100,
      windows: [{ max: 40, windowMs: 60_000 }],
    });
  });
});
