import { setTimeout as sleep } from 'node:timers/promises';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { postWebhook } from '../support/ingress.ts';
import { callsByOrder, placeCalls } from '../support/place-calls.ts';
import { type PrivateParts, privateParts } from '../support/private-parts.ts';
import { openStack, type Stack } from '../support/stack.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Thirty seconds, with leases and the patience of the calls divided by as much. */
const awayMs = 6000;

let parts: PrivateParts;
let stack: Stack;
let webhookId: string;

beforeEach(async () => {
  parts = await privateParts();
  stack = await openStack({
    parts,
    env: {
      ...fastScheduler,
      LEASE_MS: '3 seconds',
      LEASE_RENEWAL_MS: '1 second',
      CALL_TIMEOUT_MS: '10 seconds',
      SMART_ORDER_RATE_LIMIT: '10 per second',
      WEBHOOK_RATE_LIMIT: '100000 per minute',
      TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
    },
  });
  const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('Postgres stopped under load: every accepted signal is kept, every exit is sent, nothing twice', async () => {
  // Calls are under way when it goes, and their answers come while it is away.
  stack.simulator.simulator.faults.add({ kind: 'delay', ms: 700 });
  const ingress = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('executor'), stack.start('scheduler')]);
  const load = startLoad(ingress.url);
  await poll(async () => await Promise.resolve(load.accepted.length > 40 || undefined), {
    what: 'some signals were accepted',
    withinMs: 120_000,
  });
  await parts.postgres.stop();
  await sleep(awayMs);
  expect(load.refused).toBeGreaterThan(0);
  await parts.postgres.start();
  const before = load.accepted.length;
  await poll(async () => await Promise.resolve(load.accepted.length > before + 30 || undefined), {
    what: 'signals are accepted again',
    withinMs: 60_000,
  });
  await load.stop();
  await poll(async () => ((await openOrders()) === 0 ? true : undefined), {
    what: 'every order has ended',
    withinMs: 120_000,
  });
  const stored = await stack.db.selectFrom('signals').select('id').execute();
  expect(new Set(stored.map(({ id }) => id)).isSupersetOf(new Set(load.accepted))).toBe(true);
  expect(await statusesOf('exit')).toSatisfy(areIn('filled', 'no_action'));
  expect(await statusesOf('entry')).toSatisfy(areIn('filled', 'superseded', 'expired'));
  const executed = placeCalls(stack.simulator).filter((call) => call.executed.length > 0);
  expect(Math.max(...callsByOrder(executed).values())).toBe(1);
  expect(openPositions()).toEqual([]);
});

/** Buys one symbol after the other, and sells each a moment later, until told to stop. */
function startLoad(url: string) {
  const accepted: unknown[] = [];
  const load = { accepted, refused: 0, stop: async () => {} };
  let isOver = false;
  let isGone = false;
  const post = async (body: Record<string, unknown>) => {
    // Nobody listens any more when the test has failed.
    const gone = { status: 0, body: {} as Record<string, unknown> };
    const { status, body: answer } = await postWebhook(url, { webhookId, body }).catch(() => gone);
    if (status === 0) isGone = true;
    if (status === 200) accepted.push(answer['signal_id']);
    else load.refused += 1;
    return status === 200;
  };
  const until200 = async (body: Record<string, unknown>) => {
    while (!(await post(body)) && !isGone) await sleep(200);
  };
  const trade = async (worker: number) => {
    for (let turn = 0; !isOver && !isGone; turn++) {
      const symbol = `W${worker}T${turn}`;
      await until200({ symbol, action: 'BUY' });
      await sleep(900);
      await until200({ symbol, action: 'SELL' });
    }
  };
  const workers = Promise.all([0, 1, 2, 3].map(trade));
  load.stop = async () => {
    isOver = true;
    await workers;
  };
  return load;
}

async function openOrders(): Promise<number> {
  const rows = await stack.db
    .selectFrom('orders')
    .select('id')
    .where('status', 'in', ['queued', 'submitting', 'indeterminate', 'accepted'])
    .execute();
  return rows.length;
}

async function statusesOf(role: 'entry' | 'exit'): Promise<string[]> {
  const rows = await stack.db
    .selectFrom('orders')
    .select('status')
    .distinct()
    .where('role', '=', role)
    .execute();
  return rows.map(({ status }) => status);
}

const areIn =
  (...wanted: string[]) =>
  (statuses: string[]) =>
    statuses.length > 0 && new Set(statuses).isSubsetOf(new Set(wanted));

function openPositions(): string[] {
  const positions = stack.simulator.simulator.accounts.first()?.live.positions.values() ?? [];
  return [...positions].filter(({ quantity }) => quantity !== 0).map(({ symbol }) => symbol);
}
