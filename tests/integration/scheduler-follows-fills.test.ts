import { afterEach, describe, expect, it } from 'vitest';
import { fillsOf, openTradingStack, order, untilRead } from '../support/follow.ts';
import { enqueueJobs, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;

afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const within = { timeout: 20_000 };

describe('in live mode, where rows do not say what filled', () => {
  it('an accepted order is filled by its trades, with quantity and price', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    const id = await order(stack);
    const end = { status: 'filled', filled: 10, price: 800 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);
  });

  it('a part fill is recorded while the order rests, the rest when it comes', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    const id = await order(stack, { fault: { kind: 'fill_part', quantity: 4, restMs: 3000 } });
    const part = { status: 'accepted', filled: 4, price: 800 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(part);
    const end = { status: 'filled', filled: 10, price: 800 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);
  });

  it('fills go on where they were after every process was killed in between', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    const id = await order(stack, { fault: { kind: 'fill_part', quantity: 4, restMs: 4000 } });
    await expect.poll(async () => (await fillsOf(stack, id)).filled, within).toBe(4);
    await Promise.all(stack.processes().map(async (each) => await each.kill()));
    const part = { status: 'accepted', filled: 4, price: 800 };
    expect(await fillsOf(stack, id)).toEqual(part);
    stack.simulator.simulator.faults.add({
      kind: 'empty_book',
      endpoints: ['tradebook'],
      times: 2,
    });
    await stack.start('scheduler');
    await untilRead(stack, 2);
    expect((await fillsOf(stack, id)).filled).toBeGreaterThanOrEqual(4);
    const end = { status: 'filled', filled: 10, price: 800 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);
  });

  it('an order that fills late is followed until it does', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    const id = await order(stack, { fault: { kind: 'fill_late', ms: 3000 } });
    await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('accepted');
    await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('filled');
  });

  it('an order that is rejected after it was accepted is told of once, with two schedulers', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    await stack.start('scheduler');
    const id = await order(stack, { fault: { kind: 'reject_late', ms: 500 } });
    const end = { status: 'rejected', filled: 0, price: null };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);
    const alerts = await stack.db
      .selectFrom('alerts')
      .select(['code', 'order_id', 'count'])
      .execute();
    expect(alerts).toEqual([{ code: 'rejected', order_id: id, count: 1 }]);
  });

  it('what was filled before a cancellation, and what fills after it, is kept', async () => {
    stack = await openTradingStack({ simulator: { mode: 'live' } });
    const id = await order(stack, { fault: { kind: 'fill_part', quantity: 4 } });
    await expect.poll(async () => (await fillsOf(stack, id)).filled, within).toBe(4);
    const book = stack.simulator.simulator.accounts.first()?.live;
    const placed = [...(book?.orders.values() ?? [])][0];
    if (book === undefined || placed === undefined) throw new Error('no order at the simulator');
    book.setStatus(placed, 'cancelled', Date.now());
    const end = { status: 'cancelled', filled: 4, price: 800 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);

    book.fill(placed, { quantity: 2, price: 830, at: Date.now() });
    await order(stack, { symbol: 'INFY' });
    const late = { status: 'cancelled', filled: 6, price: 810 };
    await expect.poll(async () => await fillsOf(stack, id), within).toEqual(late);
  });
});

it('an exit is told that nothing is open, though an order was cancelled with a part filled', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' } });
  const id = await order(stack, { fault: { kind: 'fill_part', quantity: 4 } });
  await expect.poll(async () => (await fillsOf(stack, id)).filled, within).toBe(4);
  const book = stack.simulator.simulator.accounts.first()?.live;
  const placed = [...(book?.orders.values() ?? [])][0];
  if (book === undefined || placed === undefined) throw new Error('no order at the simulator');
  book.setStatus(placed, 'cancelled', Date.now());
  await expect.poll(async () => (await fillsOf(stack, id)).status, within).toBe('cancelled');

  const zero = { quantity: 0, targetPosition: 0, priority: 2 } as const;
  const close = { role: 'exit', lane: 'smart', action: 'SELL', ...zero } as const;
  const exit = await order(stack, { plan: close });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  await expect.poll(async () => (await fillsOf(stack, exit)).filled, within).toBe(4);
  // OpenAlgo says that nothing is open, and so do the books.
  const again = await order(stack, { plan: close });
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  await expect.poll(async () => (await fillsOf(stack, again)).status, within).toBe('no_action');
});

it("in analyze mode the analyzer's books are followed", async () => {
  stack = await openTradingStack({
    simulator: { mode: 'analyze', clock: '2026-02-10T10:00:00+05:30' },
  });
  const id = await order(stack);
  const end = { status: 'filled', filled: 10, price: 800.05 };
  await expect.poll(async () => await fillsOf(stack, id), within).toEqual(end);
});

it('an order that waits for another to be over goes on when it is filled, without a sweep', async () => {
  stack = await openTradingStack({ simulator: { mode: 'live' }, env: { SWEEP_MS: '3600000' } });
  const enqueue = async () => await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  const entry = await order(stack, { fault: { kind: 'fill_late', ms: 3000 } });
  await enqueue();
  await expect.poll(async () => (await fillsOf(stack, entry)).status, within).toBe('accepted');
  const smart = { role: 'entry', lane: 'smart', targetPosition: 5, quantity: 5 } as const;
  const target = await order(stack, { plan: smart });
  await enqueue();
  const waits = async () => {
    const row = await stack.db
      .selectFrom('orders')
      .select('waits_for')
      .where('id', '=', target)
      .executeTakeFirstOrThrow();
    return row.waits_for;
  };
  await expect.poll(waits, within).toBe(entry);
  await expect.poll(async () => (await fillsOf(stack, target)).status, within).toBe('filled');
});
