import { setTimeout as sleep } from 'node:timers/promises';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { expect, it, vi } from 'vitest';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { startConsoleProcess } from '../support/console.ts';
import { makeStrategy } from '../support/factories.ts';
import { callsByOrder, placeCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

vi.setConfig({ testTimeout: 400_000 });

const signalsPerSecond = 50;
const atLeastMs = 20_000;

const env = {
  STOP_NOTICE_MS: '2 seconds',
  // The simulator shares this process with the load: thousands of rows are read seldom.
  BOOKS_SOON_MS: '30 seconds',
  BOOKS_OPEN_MS: '30 seconds',
  ORDER_RATE_LIMIT: '60 per second',
  WEBHOOK_RATE_LIMIT: '100000 per minute',
  // A busy machine may be slow: what is counted is what is lost.
  ENTRY_MAX_AGE: '10 minutes',
  WEBHOOK_ANSWER_WITHIN_MS: '20 seconds',
  WEBHOOK_MAX_WAIT_MS: '60 seconds',
};

it('every process is restarted, one after the other, under 50 signals a second: no 5xx, no loss, no double', async () => {
  await using stack = await openStack({ env });
  await using balancer = startBalancer();
  const webhookIds = await Promise.all(
    Array.from({ length: 20 }, async () => await makeBuyer(stack)),
  );
  const services = [
    'ingress',
    'ingress',
    'executor',
    'executor',
    'scheduler',
    'scheduler',
  ] as const;
  const running = await Promise.all(services.map(async (service) => await stack.start(service)));
  for (const { url } of running.slice(0, 2)) balancer.add(url);
  let console = await startConsoleProcess(stack.parts);

  const load = startLoad(balancer, webhookIds);
  const startedAt = performance.now();
  for (const [index, service] of services.entries()) {
    const old = running[index];
    if (old === undefined) throw new Error('no process');
    await endInOrder(old);
    const next = await stack.start(service);
    if (service === 'ingress') balancer.add(next.url);
  }
  await endInOrder(console);
  console = await startConsoleProcess(stack.parts);
  await sleep(Math.max(0, atLeastMs - (performance.now() - startedAt)));
  const answers = await load.stop();

  expect(answers.length).toBeGreaterThan((signalsPerSecond * atLeastMs) / 1000 / 2);
  expect(
    [...Map.groupBy(answers, ({ what }) => what)].map(([what, all]) => [what, all.length]),
  ).toEqual([['200 with an order', answers.length]]);
  const orderIds = answers.flatMap(({ orderId }) => orderId ?? []);
  expect(new Set(orderIds).size).toBe(answers.length);
  await poll(async () => ((await openOrders(stack)) === 0 ? true : undefined), {
    what: 'every order has ended',
    withinMs: 200_000,
  });
  const calls = callsByOrder(placeCalls(stack.simulator));
  expect([...new Set(calls.values())]).toEqual([1]);
  expect(new Set(calls.keys())).toEqual(new Set(orderIds));
  await endInOrder(console);
});

/** A strategy that buys whatever it is told to. */
async function makeBuyer(stack: Stack): Promise<string> {
  const strategyId = await makeStrategy(stack.db, {
    account_id: stack.accountId,
    max_orders_per_day: 1_000_000,
  });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
}

async function endInOrder(process: TestProcess): Promise<void> {
  const { code } = await process.stop();
  expect(code, process.tail()).toBe(0);
}

interface Answered {
  what: string;
  orderId: string | undefined;
}

/** Posts so many signals a second, each for a symbol of its own, whatever becomes of the ones before. */
function startLoad(balancer: Balancer, webhookIds: readonly string[]) {
  const posts: Promise<Answered>[] = [];
  let isOver = false;
  const post = async (count: number): Promise<Answered> => {
    try {
      const { status, body } = await balancer.post(webhookIds[count % webhookIds.length] ?? '', {
        symbol: `R${count}`,
        action: 'BUY',
      });
      const [order] = (body['orders'] ?? []) as { id: string }[];
      const what = order === undefined ? JSON.stringify(body) : 'with an order';
      return { what: `${status} ${what}`, orderId: order?.id };
    } catch (error) {
      return {
        what: String(error instanceof Error ? (error.cause ?? error) : error),
        orderId: undefined,
      };
    }
  };
  const startedAt = performance.now();
  const run = async () => {
    while (!isOver) {
      const due = ((performance.now() - startedAt) / 1000) * signalsPerSecond;
      while (posts.length < due) posts.push(post(posts.length));
      await sleep(10);
    }
  };
  const running = run();
  return {
    stop: async () => {
      isOver = true;
      await running;
      return await Promise.all(posts);
    },
  };
}

async function openOrders({ db }: Stack): Promise<number> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('status', 'in', ['queued', 'submitting', 'indeterminate'])
    .execute();
  return rows.length;
}
