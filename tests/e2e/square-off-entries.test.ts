import { pauseAccount, resumeAccount } from '@orderlane/db/accounts';
import { findStrategy } from '@orderlane/db/strategies';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statusOfOrder } from '../support/claims.ts';
import { storeOrder } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openLaneJobs } from '../support/lane-jobs.ts';
import { placeCalls } from '../support/place-calls.ts';
import {
  clockAt,
  exitCalls,
  held,
  hold,
  makeIntraday,
  restlessClock,
  squareOffs,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };

let stack: Stack;

beforeEach(async () => {
  stack = await openStack({ env: restlessClock });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('entries after the square-off began are refused, exits are not', async () => {
  const id = await makeIntraday(stack, { symbols: ['SBIN'] });
  const webhookId = (await findStrategy(stack.db, id))?.webhookId ?? '';
  // A clock of its own that still lies within the trading window.
  const ingress = await stack.start('ingress', clockAt('14:00:00'));
  const post = async (action: string) =>
    await postWebhook(ingress.url, { webhookId, body: { symbol: 'SBIN', action } });
  expect((await post('BUY')).status).toBe(200);
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(async () => await squareOffs(stack), within).toHaveLength(1);
  const refused = await post('BUY');
  expect([refused.status, refused.body['code']]).toEqual([400, 'squared_off_today']);
  expect((await post('SELL')).status).toBe(200);
});

it('entries that were not sent yet end with it, and their jobs are gone', async () => {
  const strategyId = await makeIntraday(stack, { symbols: ['SBIN'] });
  const seed = { db: stack.db, accountId: stack.accountId, strategyId };
  const entry = await storeOrder(seed, { expiresInMs: 600_000 });
  await using jobs = await openLaneJobs(stack.parts);
  const scheduler = await stack.start('scheduler', clockAt('15:10:00'));
  await expect
    .poll(async () => await jobs.waiting('regular', stack.accountId), within)
    .toHaveLength(1);
  await scheduler.kill();
  await stack.start('scheduler', clockAt('15:15:00'));
  await expect.poll(async () => await statusOfOrder(stack.db, entry), within).toBe('cancelled');
  await expect.poll(async () => await jobs.waiting('regular', stack.accountId), within).toEqual([]);
  await stack.start('executor');
  await expect
    .poll(async () => await squareOffs(stack), within)
    .toMatchObject([{ status: 'nothing_open', exits: 0 }]);
  expect(placeCalls(stack.simulator)).toEqual([]);
});

it('what its orders of today may have left is closed, whatever their fate, and nothing else', async () => {
  const strategyId = await makeIntraday(stack, { symbols: ['*'] });
  const seed = { db: stack.db, accountId: stack.accountId, strategyId };
  const order = async (symbol: string, changes: object) => {
    const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
    const id = await storeOrder(seed, { instrument });
    await stack.db
      .updateTable('orders')
      .set({ status: 'submitting', attempt: 1 })
      .where('id', '=', id)
      .execute();
    for (const change of [changes].flat()) {
      await stack.db.updateTable('orders').set(change).where('id', '=', id).execute();
    }
  };
  await order('ACCEPTED', { status: 'accepted' });
  await order('INDETERMINATE', { status: 'indeterminate' });
  await order('APPROVAL', { status: 'awaiting_approval' });
  await order('ABSENT', [{ status: 'indeterminate' }, { status: 'absent' }]);
  await order('FILLED', [{ status: 'accepted' }, { status: 'filled', filled_quantity: 10 }]);
  await order('PART', [{ status: 'accepted' }, { status: 'cancelled', filled_quantity: 4 }]);
  await order('REJECTED', { status: 'rejected' });
  await order('CANCELLED', [{ status: 'accepted' }, { status: 'cancelled' }]);
  await order('NOTHING', { status: 'no_action' });
  await order('YESTERDAY', { status: 'accepted', stored_at: new Date(Date.now() - 86_400_000) });
  hold(stack, 'OTHER', 0);
  await stack.start('scheduler', clockAt('15:15:00'));
  const exits = async () =>
    await stack.db
      .selectFrom('orders')
      .select(['symbol', 'lane', 'priority', 'quantity', 'target_position', 'action'])
      .where('square_off_id', 'is not', null)
      .orderBy('symbol')
      .execute();
  await expect.poll(async () => (await exits()).length, within).toBe(6);
  const exit = { lane: 'smart', priority: 1, quantity: 0, target_position: 0, action: 'SELL' };
  expect(await exits()).toEqual(
    ['ABSENT', 'ACCEPTED', 'APPROVAL', 'FILLED', 'INDETERMINATE', 'PART'].map((symbol) => ({
      symbol,
      ...exit,
    })),
  );
});

it('on a paused account the exits wait, with an alert that names them, and go out when it is resumed', async () => {
  await makeIntraday(stack, { symbols: ['SBIN'] });
  hold(stack, 'SBIN', 10);
  await pauseAccount(stack.db, { id: stack.accountId, reason: 'test' });
  await stack.start('executor');
  await stack.start('scheduler', clockAt('15:15:00'));
  const alerts = stack.db.selectFrom('alerts').select(['code', 'text']);
  await expect
    .poll(async () => await alerts.execute(), within)
    .toMatchObject([{ code: 'account_paused', text: expect.stringContaining('NSE:SBIN:MIS') }]);
  expect(exitCalls(stack)).toEqual([]);
  await resumeAccount(stack.db, stack.accountId);
  await expect.poll(() => held(stack, 'SBIN'), within).toBe(0);
  expect(exitCalls(stack)).toEqual(['SBIN']);
});
