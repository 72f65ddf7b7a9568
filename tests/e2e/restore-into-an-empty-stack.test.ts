import type { Db } from '@orderlane/db/open-db';
import { findStrategy } from '@orderlane/db/strategies';
import type { OrderId } from '@orderlane/domain/ids';
import type { Call } from '@orderlane/simulator/calls/call-log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreInto } from '../support/back-up.ts';
import { claimNow, statusOfOrder } from '../support/claims.ts';
import {
  alertCodes,
  closings,
  makeTrader,
  openClosingStack,
  ownPositions,
  type Trader,
} from '../support/closings.ts';
import { commandLine } from '../support/command-line.ts';
import { type EmptyDatabase, emptyDatabase } from '../support/empty-database.ts';
import { postWebhook } from '../support/ingress.ts';
import { openLaneJobs } from '../support/lane-jobs.ts';
import { placeCalls } from '../support/place-calls.ts';
import { held, tradeByHand } from '../support/square-off.ts';
import { enqueueJobs, queuedOrders, type Stack } from '../support/stack.ts';
import { readTables } from '../support/table-contents.ts';

const within = { timeout: 20_000 };
const scopeStrategy = { position_scope: 'strategy', trading_mode: 'LONG' } as const;

let stack: Stack;
let restored: EmptyDatabase;
let trader: Trader;
/** Orders as the backup has them. */
let orders: Record<'entry' | 'exit' | 'smartExit' | 'sending', OrderId>;
let sentBefore: number;
let env: Record<string, string>;

beforeAll(async () => {
  stack = await openClosingStack();
  restored = await emptyDatabase();
  env = { DATABASE_URL: restored.databaseUrl, REDIS_PREFIX: `${stack.parts.redisPrefix}-new` };
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await restored[Symbol.asyncDispose]();
});

/** Leaves a stack in the middle of a morning: positions, a queued entry, queued exits, a call under way. */
async function tradeAndStop(): Promise<void> {
  const [ingress, executor, scheduler] = await Promise.all([
    stack.start('ingress'),
    stack.start('executor'),
    stack.start('scheduler'),
  ]);
  const symbols = ['SBIN', 'INFY', 'TCS', 'WIPRO'];
  const ingressUrl = ingress.url;
  trader = await makeTrader(stack, { ingressUrl, symbols, values: scopeStrategy });
  const whole = await makeTrader(stack, { ingressUrl, symbols: ['ITC'] });
  for (const symbol of ['SBIN', 'INFY']) await trader.post({ symbol, action: 'BUY' });
  await whole.post({ symbol: 'ITC', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ SBIN: 10, INFY: 10 });
  await expect
    .poll(async () => await ownPositions(stack, whole.strategyId), within)
    .toEqual({ ITC: 10 });
  await Promise.all([executor.stop(), scheduler.stop()]);
  const store = async (by: Trader, symbol: string, action: string) => {
    const { body } = await by.post({ symbol, action });
    return (body['orders'] as { id: OrderId }[])[0]?.id ?? ('' as OrderId);
  };
  orders = {
    entry: await store(trader, 'TCS', 'BUY'),
    exit: await store(trader, 'SBIN', 'SELL'),
    smartExit: await store(whole, 'ITC', 'SELL'),
    sending: await store(trader, 'WIPRO', 'BUY'),
  };
  await claimNow(stack.db, { orderId: orders.sending });
  await ingress.stop();
}

async function statuses(db: Db): Promise<Record<string, string>> {
  const entries = Object.entries(orders).map(async ([name, id]) => [
    name,
    await statusOfOrder(db, id),
  ]);
  return Object.fromEntries((await Promise.all(entries)) as [string, string][]);
}

/** All that is stored, but for when the migrations ran. */
async function history(db: Db): Promise<string[]> {
  return (await readTables(db)).split('\n').filter((line) => !line.startsWith('kysely'));
}

function wishOf({ body }: Call): string {
  const { action, quantity, symbol, position_size } = body as Record<string, string>;
  return `${action} ${quantity} ${symbol}${position_size === undefined ? '' : ` to ${position_size}`}`;
}

async function post(ingressUrl: string, body: Record<string, unknown>) {
  const webhookId = (await findStrategy(restored.db, trader.strategyId))?.webhookId ?? '';
  return await postWebhook(ingressUrl, { webhookId, body });
}

it('has its history and its positions', async () => {
  await tradeAndStop();
  await restoreInto(stack.parts.databaseUrl, restored.databaseUrl);
  // Placed after the backup was made: nobody here remembers it.
  tradeByHand(stack, 'TCS', 10);
  sentBefore = placeCalls(stack.simulator).length;
  expect(await history(restored.db)).toEqual(await history(stack.db));
  expect(await ownPositions(restored, trader.strategyId)).toEqual({ SBIN: 10, INFY: 10 });
});

it('sends nothing when an executor is first, with everything on its lanes', async () => {
  const { redisUrl } = stack.parts;
  const place = { redisUrl, redisPrefix: env['REDIS_PREFIX'] ?? '' };
  await stack.start('executor', env);
  await enqueueJobs(place, await queuedOrders(restored.db));
  await using jobs = await openLaneJobs(place);
  const waiting = async () => [
    ...(await jobs.waiting('regular', stack.accountId)),
    ...(await jobs.waiting('smart', stack.accountId)),
  ];
  await expect.poll(waiting, within).toEqual([]);
  expect(await statuses(restored.db)).toEqual({
    ...{ entry: 'queued', exit: 'queued', smartExit: 'queued', sending: 'submitting' },
  });
});

it('ends what was queued, and tells', async () => {
  await stack.start('scheduler', env);
  await expect.poll(async () => await alertCodes(restored), within).toContain('database_restored');
  expect(await statuses(restored.db)).toEqual({
    ...{ entry: 'expired', exit: 'cancelled', smartExit: 'cancelled', sending: 'indeterminate' },
  });
});

it('refuses entries and keeps exits', async () => {
  const { url } = await stack.start('ingress', env);
  const entry = await post(url, { symbol: 'TCS', action: 'BUY' });
  expect(entry).toMatchObject({ status: 400, body: { code: 'database_restored' } });
  expect(await post(url, { symbol: 'INFY', action: 'SELL' })).toMatchObject({ status: 200 });
});

it('shows a person what to compare, and waits for a word', async () => {
  const cli = commandLine({ DATABASE_URL: restored.databaseUrl });
  const { entry, exit, smartExit, sending } = orders;
  await expect
    .poll(async () => await cli.json(['restore']), within)
    .toMatchObject({
      restored: true,
      restore: { void_entries: 1, exits_to_plan: 2, unknown_orders: 1 },
      orders_in_doubt: [{ id: entry }, { id: exit }, { id: smartExit }, { id: sending }],
      broker_orders_unknown_here: [{ brokerOrderId: 'hand-TCS', symbol: 'TCS', quantity: 10 }],
      positions: [{ own: 10 }, { own: 10 }, { own: 10 }],
    });
  expect(await cli.json(['brakes'])).toMatchObject([
    { brake: 'restored', release: 'restore release' },
  ]);
  expect((await cli.run(['restore', 'release'])).code).toBe(1);
  expect(placeCalls(stack.simulator)).toHaveLength(sentBefore);
});

it('closes what is still held once it is released, and nothing else of the backup is sent', async () => {
  const cli = commandLine({ DATABASE_URL: restored.databaseUrl });
  await cli.json(['restore', 'release', '--yes']);
  await expect
    .poll(async () => (await closings(restored)).map(({ status }) => status), within)
    .toEqual(['verified', 'verified', 'verified']);
  expect(['SBIN', 'INFY', 'ITC', 'TCS'].map((symbol) => held(stack, symbol))).toEqual([
    0, 0, 0, 10,
  ]);
  const sent = placeCalls(stack.simulator).slice(sentBefore).map(wishOf);
  expect(sent.toSorted()).toEqual(['SELL 0 ITC to 0', 'SELL 10 INFY', 'SELL 10 SBIN']);
  expect((await cli.run(['restore', 'release', '--yes'])).stderr).toContain(
    'no restore to release',
  );
});

it('leaves to a person what books cannot tell, and trades on', async () => {
  const cli = commandLine({ DATABASE_URL: restored.databaseUrl });
  expect(await statuses(restored.db)).toMatchObject({ sending: 'indeterminate' });
  await cli.json(['orders', 'settle', orders.sending, '--not-placed']);
  const { url } = await stack.start('ingress', env);
  // Another wish than the one of the backup, however quick this machine is.
  const again = { symbol: 'WIPRO', action: 'BUY', signal_id: 'after the release' };
  expect(await post(url, again)).toMatchObject({ status: 200 });
  await expect.poll(() => held(stack, 'WIPRO'), within).toBe(10);
  expect((await cli.run(['audit', 'verify'])).code).toBe(0);
});
