import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import type { Fault } from '@orderlane/simulator/faults/fault';
import { storeOrder } from './factories.ts';
import { fastScheduler } from './fast-scheduler.ts';
import { placing } from './place-calls.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';
import { seedOn } from './store-many.ts';

/** One executor and a fast scheduler. */
export async function openTradingStack(options: StackOptions = {}): Promise<Stack> {
  const stack = await openStack({ ...options, env: { ...fastScheduler, ...options.env } });
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  return stack;
}

/** Stores an order of 10 SBIN; with a fault, the call that places it meets that. */
export async function order(
  stack: Stack,
  values: { fault?: Fault; symbol?: string; plan?: Partial<OrderPlan> } = {},
): Promise<OrderId> {
  const symbol = values.symbol ?? 'SBIN';
  if (values.fault !== undefined)
    stack.simulator.simulator.faults.add({ endpoints: placing, ...values.fault, symbol, times: 1 });
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  return await storeOrder(await seedOn(stack), { instrument, ...values.plan });
}

/** What is known of an order's end and fills. */
export async function fillsOf(stack: Stack, id: OrderId) {
  const row = await stack.db
    .selectFrom('orders')
    .select(['status', 'filled_quantity', 'average_price'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const price = row.average_price === null ? null : Number(row.average_price);
  return { status: row.status, filled: row.filled_quantity, price };
}

/** Clean reads of the account's books so far, as the simulator saw them end. */
function bookReads(stack: Stack): number {
  return stack.simulator.simulator.calls.list({ endpoint: 'orderbook' }).length;
}

/** Waits until the order book was read this often again. */
export async function untilRead(stack: Stack, times: number): Promise<void> {
  const before = bookReads(stack);
  const deadline = Date.now() + 20_000;
  while (bookReads(stack) < before + times) {
    if (Date.now() > deadline) throw new Error(`The books were not read ${times} times`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
