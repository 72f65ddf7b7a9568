import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { insertMapping } from '@orderlane/db/strategies';
import { brandIds } from '@orderlane/domain/ids';
import { poll } from '@orderlane/local/poll';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { makeStrategy } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { postWebhook } from '../support/ingress.ts';
import { callsByOrder, placeCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';

vi.setConfig({ testTimeout: 400_000 });

const accountCount = 50;
const sequencesOfAccount = 4;
const quantity = 10;

/** One signal: BUY or SELL, with the position wanted afterwards where the strategy trades BOTH sides. */
interface Wish {
  action: 'BUY' | 'SELL';
  position_size?: number;
  /** After the signal before it. */
  pauseMs: number;
}

interface Sequence {
  mode: 'LONG' | 'SHORT' | 'BOTH';
  /** Short enough for some to expire while an older one fills. */
  entryMaxAgeMs: number;
  beginsAfterMs: number;
  wishes: Wish[];
}

const pauseMs = fc.oneof(fc.constant(0), fc.nat(300), fc.nat(2500));
const action = fc.constantFrom('BUY' as const, 'SELL' as const);
const oneSided = fc.record({ action, pauseMs });
const bothSided = fc
  .tuple(action, fc.constantFrom(0, 10, 20, 30), pauseMs)
  .map(([side, size, pause]) => ({
    action: side,
    position_size: side === 'BUY' ? size : -size,
    pauseMs: pause,
  }));
const beginsAfterMs = fc.nat(8000);
const ages = fc.constantFrom(2500, 60_000);
const wishes = <T>(wish: fc.Arbitrary<T>) => fc.array(wish, { minLength: 2, maxLength: 7 });
const sequence: fc.Arbitrary<Sequence> = fc.oneof(
  fc.record({
    mode: fc.constantFrom('LONG' as const, 'SHORT' as const),
    entryMaxAgeMs: ages,
    beginsAfterMs,
    wishes: wishes(oneSided),
  }),
  fc.record({
    mode: fc.constant('BOTH' as const),
    entryMaxAgeMs: ages,
    beginsAfterMs,
    wishes: wishes(bothSided),
  }),
);
const sequences = fc.sample(sequence, { seed: 1907, numRuns: accountCount * sequencesOfAccount });

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({
    simulator: { apikeyPrefix: 'sequence-' },
    env: {
      ...fastScheduler,
      BOOKS_OPEN_MS: '1 second',
      ORDER_RATE_LIMIT: '200 per second',
      SMART_ORDER_RATE_LIMIT: '20 per second',
      TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
    },
  });
  fillLate();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

/** Every order fills after 0, 0.5, … 3 s, each as often. */
function fillLate(): void {
  const delays = [0, 500, 1000, 1500, 2000, 2500, 3000];
  for (const [index, ms] of delays.entries()) {
    const probability = 1 / (delays.length - index);
    stack.simulator.simulator.faults.add({ kind: 'fill_late', ms, probability, seed: index });
  }
}

interface Running extends Sequence {
  apiKey: string;
  symbol: string;
  webhookId: string;
}

async function makeSequences(): Promise<Running[]> {
  const running: Running[] = [];
  for (let number = 0; number < accountCount; number++) {
    const apiKey = `sequence-${number}`;
    const accountId = await addAccount(stack.db, { baseUrl: stack.simulator.url, apiKey });
    const own = sequences.slice(number * sequencesOfAccount, (number + 1) * sequencesOfAccount);
    for (const [index, each] of own.entries()) {
      const symbol = `S${index}`;
      const webhookId = randomUUID();
      const strategyId = await makeStrategy(stack.db, {
        account_id: accountId,
        webhook_id: brandIds.webhook(webhookId),
        trading_mode: each.mode,
        entry_max_age_ms: each.entryMaxAgeMs,
        duplicate_window_ms: 0,
      });
      const mapping = { strategyId, signalSymbol: symbol, symbol, quantity };
      await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
      running.push({ ...each, apiKey, symbol, webhookId });
    }
  }
  return running;
}

/** One after the other, as a sender that waits for its answers; each at another replica. */
async function post(ingresses: readonly { url: string }[], each: Running): Promise<void> {
  await sleep(each.beginsAfterMs);
  for (const [index, { pauseMs: pause, ...wish }] of each.wishes.entries()) {
    await sleep(pause);
    const signal = { webhookId: each.webhookId, body: { symbol: each.symbol, ...wish } };
    const answered = async () => {
      const ingress = ingresses[index % ingresses.length];
      const { status } = await postWebhook(ingress?.url ?? '', signal);
      // A machine that is too busy says so, and the sender comes again.
      expect([200, 503]).toContain(status);
      return status === 200 ? true : undefined;
    };
    await poll(answered, { what: `an answer to ${each.apiKey}`, withinMs: 60_000 });
  }
}

const ordersOf = async ({ webhookId }: Running) =>
  await stack.db
    .selectFrom('orders')
    .innerJoin('strategies', 'strategies.id', 'orders.strategy_id')
    .select(['orders.id', 'seq', 'role', 'action', 'quantity', 'target_position', 'status'])
    .where('webhook_id', '=', brandIds.webhook(webhookId))
    .orderBy('seq')
    .execute();

type Order = Awaited<ReturnType<typeof ordersOf>>[number];

/** The position that the orders lead to, in their order: each that did not expire takes effect. */
function positionOf(orders: readonly Order[]): number {
  return orders
    .filter(({ status }) => status === 'filled' || status === 'no_action')
    .reduce((position, order) => positionAfter(position, order), 0);
}

function positionAfter(position: number, order: Order): number {
  if (order.target_position !== null) return order.target_position;
  if (order.role === 'exit') return 0;
  return position + (order.action === 'BUY' ? order.quantity : -order.quantity);
}

const isOver = new Set(['filled', 'no_action', 'expired', 'superseded']);

it('200 random sequences end at the position of the last signal that did not expire', async () => {
  const running = await makeSequences();
  const ingresses = await Promise.all([stack.start('ingress'), stack.start('ingress')]);
  await Promise.all([stack.start('executor'), stack.start('executor'), stack.start('scheduler')]);
  await Promise.all(running.map(async (each) => await post(ingresses, each)));
  await poll(async () => ((await openOrders()) === 0 ? true : undefined), {
    what: 'every order has ended',
    withinMs: 180_000,
  });
  for (const each of running) {
    const orders = await ordersOf(each);
    const story = `${each.apiKey} ${each.mode} ${each.symbol}: ${JSON.stringify(orders)}`;
    expect(
      orders.every(({ status }) => isOver.has(status)),
      story,
    ).toBe(true);
    const held = stack.simulator.simulator.accounts.find(each.apiKey)?.live.quantityOf({
      symbol: each.symbol,
      exchange: 'NSE',
      product: 'MIS',
    });
    expect(held, story).toBe(positionOf(orders));
    const last = orders.at(-1);
    if (last?.status !== 'superseded') continue;
    // Nothing is newer than the last: only its own age may keep it from taking effect, or an older exit that
    // was sent after it was wished for, and has met it.
    expect(last.role, story).toBe('exit');
    expect(held, story).toBe(positionAfter(0, last));
  }
  // An exit that found nothing may ask again; what the broker executed it executed once.
  const executed = placeCalls(stack.simulator).filter((call) => call.executed.length > 0);
  expect(Math.max(...callsByOrder(executed).values())).toBe(1);
  const statuses = await countByStatus();
  // A run in which nothing filled late, nothing was superseded and nothing expired shows little.
  for (const status of ['filled', 'superseded', 'expired']) expect(statuses).toContain(status);
});

async function openOrders(): Promise<number> {
  const rows = await stack.db
    .selectFrom('orders')
    .select('id')
    .where('status', 'not in', [
      'filled',
      'no_action',
      'expired',
      'superseded',
      'rejected',
      'absent',
    ])
    .execute();
  return rows.length;
}

async function countByStatus(): Promise<string[]> {
  const rows = await stack.db.selectFrom('orders').select('status').distinct().execute();
  return rows.map(({ status }) => status);
}
