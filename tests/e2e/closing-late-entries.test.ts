import { afterEach, beforeEach, expect, it } from 'vitest';
import { closings, makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { brokerBook } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };
const scopeStrategy = { position_scope: 'strategy', trading_mode: 'LONG' } as const;

let stack: Stack;
let ingressUrl: string;

beforeEach(async () => {
  stack = await openClosingStack();
  ingressUrl = (await stack.start('ingress')).url;
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

async function statuses(): Promise<string[]> {
  const rows = await stack.db.selectFrom('orders').select('status').orderBy('stored_at').execute();
  return rows.map(({ status }) => status);
}

function held(product: 'MIS' | 'CNC'): number {
  return brokerBook(stack).quantityOf({ symbol: 'SBIN', exchange: 'NSE', product });
}

it.each(['MIS', 'CNC'] as const)(
  'an entry (%s) that fills after its exit found nothing is closed, whatever the books say',
  async (product) => {
    const { faults } = stack.simulator.simulator;
    const trader = await makeTrader(stack, { ingressUrl, product, values: scopeStrategy });
    faults.add({ kind: 'fill_late', ms: 20_000, action: 'BUY', times: 1 });
    await trader.post({ symbol: 'SBIN', action: 'BUY' });
    await expect.poll(statuses, within).toEqual(['accepted']);
    faults.add({ kind: 'empty_book', endpoints: ['positionbook', 'holdings'] });
    await trader.post({ symbol: 'SBIN', action: 'SELL' });
    await expect.poll(statuses, within).toEqual(['accepted', 'cancelled']);
    expect(held(product)).toBe(0);
    await expect
      .poll(async () => await closings(stack), within)
      .toMatchObject([{ status: 'verified' }]);
    expect(await statuses()).toEqual(['filled', 'cancelled', 'filled']);
    expect(held(product)).toBe(0);
    expect(await ownPositions(stack, trader.strategyId)).toEqual({});
  },
);
