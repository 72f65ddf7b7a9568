import type { OrderId } from '@orderlane/domain/ids';
import type { Product } from '@orderlane/domain/instrument';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import type { Fault } from '@orderlane/simulator/faults/fault';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { fillsOf, openTradingStack } from '../support/follow.ts';
import { placeCalls } from '../support/place-calls.ts';
import type { Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

let stack: Stack;

const within = { timeout: 30_000 };

beforeEach(async () => {
  stack = await openTradingStack({
    env: { ABSENT_AFTER_MS: '60 seconds', EXIT_WAIT_MS: '1 second' },
  });
  // The book has a row and was read: what is new in it afterwards can be told.
  await untilFilled(await send({ symbol: 'FIRST' }));
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function send({
  symbol,
  product = 'MIS',
  ...plan
}: Partial<OrderPlan> & { symbol: string; product?: Product }): Promise<OrderId> {
  const instrument = { exchange: 'NSE', symbol, product } as const;
  return await storeOrder(await seedOn(stack), { expiresInMs: 300_000, ...plan, instrument });
}

const untilFilled = async (id: OrderId) =>
  await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('filled');

const fault = (value: Fault) => stack.simulator.simulator.faults.add(value);

/** The answer of the next smart order is lost. */
const loseAnswer = () => fault({ kind: 'reset_after', times: 1, endpoints: ['placesmartorder'] });

const target = (size: number) =>
  ({ symbol: 'SBIN', lane: 'smart', quantity: 10, targetPosition: size }) as const;

const questionsAbout = async (orderId: OrderId) => {
  const alerts = stack.db.selectFrom('alerts').select('text').where('order_id', '=', orderId);
  return (await alerts.execute()).filter(({ text }) => text.includes('orders settle')).length;
};

/** A person was asked, and until one answers nothing is said of the order. */
async function untilAsked(id: OrderId): Promise<void> {
  await expect.poll(async () => await questionsAbout(id), within).toBe(1);
  expect((await fillsOf(stack, id)).status).toBe('indeterminate');
  const calls = placeCalls(stack.simulator).filter(({ order }) => order?.startsWith(id));
  expect(calls).toHaveLength(1);
}

it('an exit is the row that closes what the order book had bought', async () => {
  await untilFilled(await send({ symbol: 'SBIN', quantity: 10 }));
  loseAnswer();
  const exit = await send({ symbol: 'SBIN', role: 'exit' });
  await untilFilled(exit);
  expect(await fillsOf(stack, exit)).toMatchObject({ filled: 10 });
});

it('a reversal is the row of the whole difference', async () => {
  await untilFilled(await send(target(10)));
  loseAnswer();
  const reversal = await send({ ...target(-5), action: 'SELL' });
  await untilFilled(reversal);
  expect(await fillsOf(stack, reversal)).toMatchObject({ filled: 15 });
});

it('a row that is not the difference is a question: somebody else, or a misread position', async () => {
  await untilFilled(await send(target(10)));
  fault({ kind: 'position_read_zero', times: 1 });
  loseAnswer();
  await untilAsked(await send(target(25)));
});

it('a position of earlier days is not known, so a person is asked', async () => {
  await untilFilled(await send({ symbol: 'SBIN', product: 'NRML', quantity: 10 }));
  loseAnswer();
  await untilAsked(await send({ symbol: 'SBIN', product: 'NRML', role: 'exit' }));
});

it('a position that was still growing when it was called is not known either', async () => {
  fault({ kind: 'fill_part', share: 0.5, restMs: 8000, times: 1, symbol: 'SBIN' });
  const entry = await send({ symbol: 'SBIN', quantity: 10 });
  await expect.poll(async () => (await fillsOf(stack, entry)).filled, within).toBe(5);
  loseAnswer();
  await untilAsked(await send({ symbol: 'SBIN', role: 'exit' }));
});
