import { insertMapping } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closings, makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { placeCalls } from '../support/place-calls.ts';
import { clockAt } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 20_000 };
const nifty = { exchange: 'NFO', symbol: 'NIFTY24FEB26FUT' } as const;

let stack: Stack;

beforeEach(async () => {
  stack = await openClosingStack({ env: clockAt('20:00:00') });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const actions = () =>
  placeCalls(stack.simulator).map(({ body }) => (body as { action: string }).action);
const cancellations = () =>
  stack.simulator.simulator.calls.list({}).filter(({ endpoint }) => endpoint === 'cancelorder');
const acceptedExit = async () =>
  await stack.db
    .selectFrom('orders')
    .select('broker_order_id')
    .where('role', '=', 'exit')
    .where('status', '=', 'accepted')
    .executeTakeFirst();

/** Lets so much time pass for the closing, and waits until a scheduler has looked at it since. */
async function letPass(minutes: number): Promise<void> {
  const passed = sql`interval '1 minute' * ${minutes}`;
  await sql`update orders set answered_at = answered_at - ${passed} where status = 'accepted'`.execute(
    stack.db,
  );
  await sql`update closings set opened_at = opened_at - ${passed}, closes_at = closes_at - ${passed},
    next_step_at = '2000-01-01'`.execute(stack.db);
  const looked = async () =>
    (
      await sql`select from closings where (next_step_at > '2001-01-01' and lease_until = '-infinity')
        or status <> 'open'`.execute(stack.db)
    ).rows.length;
  await expect.poll(looked, within).toBe(1);
}

it('rests at the broker for the next session, once, and the end of the closing tells its number', async () => {
  stack.simulator.simulator.instruments.add({ ...nifty, lotSize: 65, freezeQuantity: 1800 });
  const ingressUrl = (await stack.start('ingress')).url;
  const trader = await makeTrader(stack, { ingressUrl, symbols: [] });
  const mapping = { strategyId: trader.strategyId, signalSymbol: 'NIFTY1!', quantity: 65 };
  await insertMapping(stack.db, { ...mapping, ...nifty, product: 'NRML' });
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  stack.simulator.simulator.faults.add({ kind: 'rest', action: 'SELL' });
  await trader.post({ symbol: 'NIFTY1!', action: 'BUY' });
  await expect
    .poll(async () => await ownPositions(stack, trader.strategyId), within)
    .toEqual({ [nifty.symbol]: 65 });
  await trader.post({ symbol: 'NIFTY1!', action: 'SELL' });
  await expect.poll(acceptedExit, within).toBeDefined();
  const number = (await acceptedExit())?.broker_order_id ?? '';

  await letPass(5);
  expect(await trader.post({ symbol: 'NIFTY1!', action: 'SELL', id: 'again' })).toMatchObject({
    body: { orders: [], refused: [{ code: 'exit_already_coming' }] },
  });
  await letPass(10);
  expect(await closings(stack)).toMatchObject([{ status: 'failed' }]);
  expect(actions()).toEqual(['BUY', 'SELL']);
  expect(cancellations()).toEqual([]);
  const alerts = await stack.db.selectFrom('alerts').select(['code', 'text']).execute();
  expect(alerts.map(({ code }) => code)).toEqual(['exit_failed']);
  expect(alerts[0]?.text).toContain(`order ${number} may still rest at the broker`);
});
