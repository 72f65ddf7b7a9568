import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
} from '../support/closings.ts';
import { commandLine } from '../support/command-line.ts';
import { held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

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

/** A strategy that has bought 10 SBIN, and the command line on its database. */
async function buy(symbols = ['SBIN']) {
  const values = { name: 'Holder', position_scope: 'strategy' } as const;
  const trader = await makeTrader(stack, { ingressUrl, symbols, values });
  for (const symbol of symbols) await trader.post({ symbol, action: 'BUY' });
  const bought = Object.fromEntries(symbols.map((symbol) => [symbol, 10]));
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual(bought);
  return { ...trader, cli: commandLine({ DATABASE_URL: stack.parts.databaseUrl }) };
}

async function gone(): Promise<string[]> {
  const rows = await stack.db
    .selectFrom('strategies')
    .select('name')
    .where('deleted_at', 'is not', null)
    .execute();
  return rows.map(({ name }) => name);
}

const kept = async () => await stack.db.selectFrom('former_mappings').select('id').execute();

it('a SELL after the mapping was changed closes what was bought, and what was kept for it goes', async () => {
  const { post, cli, strategyId } = await buy();
  await cli.json(['mapping', 'edit', 'Holder', 'SBIN', '--symbol', 'INFY']);
  expect(await kept()).toHaveLength(1);
  await post({ symbol: 'SBIN', action: 'SELL' });
  await expect
    .poll(async () => await closings(stack), within)
    .toMatchObject([{ symbol: 'SBIN', status: 'verified' }]);
  expect(held(stack, 'SBIN')).toBe(0);
  expect(held(stack, 'INFY')).toBe(0);
  await expect.poll(kept, within).toEqual([]);
  await post({ symbol: 'SBIN', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, strategyId), within)
    .toEqual({ INFY: 10 });
  expect(await alertCodes(stack)).toEqual([]);
});

it('a strategy that is deleted with --close-now is closed everywhere, and gone then', async () => {
  const { cli, post } = await buy(['SBIN', 'INFY']);
  await cli.json(['strategy', 'delete', 'Holder', '--close-now']);
  await expect.poll(gone, within).toEqual(['Holder']);
  expect([held(stack, 'SBIN'), held(stack, 'INFY')]).toEqual([0, 0]);
  expect(await closings(stack)).toMatchObject([
    { cause: 'person', status: 'verified' },
    { cause: 'person', status: 'verified' },
  ]);
  expect((await post({ symbol: 'SBIN', action: 'BUY' })).status).toBe(404);
});

it('a strategy that was deleted while it held something goes once an exit has closed it, however late', async () => {
  const { cli, post, strategyId } = await buy();
  stack.simulator.simulator.faults.add({ kind: 'broker_refusal', action: 'SELL', times: 1 });
  await cli.json(['strategy', 'delete', 'Holder']);
  expect(await gone()).toEqual([]);
  await post({ symbol: 'SBIN', action: 'SELL' });
  await expect.poll(gone, within).toEqual(['Holder']);
  expect(await ownPositions(stack, strategyId)).toEqual({});
  expect(held(stack, 'SBIN')).toBe(0);
});
