import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { afterEach, expect, it } from 'vitest';
import { storeOrder } from '../support/factories.ts';
import { fastScheduler } from '../support/fast-scheduler.ts';
import { placeCalls, placing, waitForCalls } from '../support/place-calls.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

let stack: Stack;

afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function open(clientOrderIds: boolean, env: Record<string, string> = {}): Promise<void> {
  const quick = { ABSENT_AFTER_MS: '3 seconds', BOOKS_IDLE_MS: '500 ms', ...env };
  stack = await openStack({ simulator: { clientOrderIds }, env: { ...fastScheduler, ...quick } });
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  await expect.poll(lanesThatTakeIds, within).not.toBeNull();
}

const within = { timeout: 30_000 };

async function lanesThatTakeIds() {
  const account = stack.db.selectFrom('openalgo_accounts').select('client_order_id_lanes');
  return (await account.executeTakeFirstOrThrow()).client_order_id_lanes;
}

async function send(plan: Partial<OrderPlan> & { symbol?: string } = {}): Promise<OrderId> {
  const { symbol = 'SBIN', ...rest } = plan;
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  return await storeOrder(await seedOn(stack), { expiresInMs: 300_000, instrument, ...rest });
}

const order = async (id: OrderId) =>
  await stack.db
    .selectFrom('orders')
    .select(['status', 'attempt', 'broker_order_id', 'filled_quantity', 'reason'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const untilFilled = async (id: OrderId) =>
  await expect.poll(async () => (await order(id)).status, within).toBe('filled');

const idsOfCalls = () =>
  placeCalls(stack.simulator).map(
    ({ body }) => (body as Record<string, unknown>)['client_order_id'],
  );

const brokerRows = () => {
  const account = stack.simulator.simulator.accounts.first();
  return [...(account?.live.orders.values() ?? [])];
};

it('a server that takes none is never sent one', async () => {
  await open(false);
  expect(await lanesThatTakeIds()).toEqual([]);
  await untilFilled(await send());
  await untilFilled(await send({ role: 'exit' }));
  expect(idsOfCalls()).toEqual([undefined, undefined]);
});

it('with ids a lost answer is settled exactly, though others trade and a hand-made row looks the same', async () => {
  await open(true);
  expect(await lanesThatTakeIds()).toEqual(['regular', 'smart']);
  await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
  stack.simulator.simulator.faults.add({ kind: 'reset_after', times: 1, endpoints: placing });
  const id = await send();
  await waitForCalls(stack.simulator, 1);
  await tradeByHand('BUY', 10);
  await untilFilled(id);
  const [ours] = brokerRows().filter(({ clientOrderId }) => clientOrderId !== null);
  expect(await order(id)).toMatchObject({ broker_order_id: ours?.orderid, filled_quantity: 10 });
  expect(placeCalls(stack.simulator)).toHaveLength(1);
});

it('a smart order, whose side and quantity are not ours, is settled exactly too', async () => {
  await open(true);
  await stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
  await tradeByHand('BUY', 7);
  stack.simulator.simulator.faults.add({ kind: 'reset_after', times: 1, endpoints: placing });
  const id = await send({ role: 'exit' });
  await untilFilled(id);
  expect(await order(id)).toMatchObject({ filled_quantity: 7 });
});

it('a server exchanged for an older one loses and doubles nothing, and is remembered', async () => {
  await open(true);
  stack.simulator.simulator.features.clientOrderIds = false;
  const first = await send();
  const exit = await send({ role: 'exit', symbol: 'INFY' });
  await untilFilled(first);
  await expect.poll(async () => (await order(exit)).status, within).toBe('no_action');
  expect(await order(first)).toMatchObject({ attempt: 2 });
  expect(await lanesThatTakeIds()).toEqual([]);
  const second = await send({ symbol: 'TCS' });
  await untilFilled(second);
  expect(await order(second)).toMatchObject({ attempt: 1 });
  expect(brokerRows().map(({ symbol }) => symbol)).toEqual(['SBIN', 'TCS']);
});

it('a server exchanged for a newer one is noticed', async () => {
  await open(false, {
    CLIENT_ORDER_ID_CHECK_MS: '1 second',
    TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
  });
  stack.simulator.simulator.features.clientOrderIds = true;
  await expect.poll(lanesThatTakeIds, within).toEqual(['regular', 'smart']);
  await untilFilled(await send());
  expect(idsOfCalls().at(-1)).toMatch(/^[0-9a-f]{32}-1$/);
});

it('each attempt has an id of its own: a refusal is not answered again', async () => {
  await open(true);
  stack.simulator.simulator.faults.add({ kind: 'broker_429', times: 1, endpoints: ['placeorder'] });
  const id = await send();
  await untilFilled(id);
  const name = id.replaceAll('-', '');
  expect(idsOfCalls()).toEqual([`${name}-1`, `${name}-2`]);
});

async function tradeByHand(action: 'BUY' | 'SELL', quantity: number): Promise<void> {
  const response = await fetch(`${stack.simulator.url}/control/trade`, {
    method: 'POST',
    body: JSON.stringify({ symbol: 'SBIN', action, quantity }),
  });
  if (!response.ok) throw new Error(await response.text());
}
