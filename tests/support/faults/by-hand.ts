import { markSessionAlive } from '@orderlane/db/accounts';
import type { OrderId } from '@orderlane/domain/ids';
import { createSimulatorClient } from '@orderlane/simulator/client';
import { type Stage, untilSo } from './fault-case.ts';

/** A person approves what waits in the Action Center. */
export function approve({ stack }: Stage): void {
  const pending = stack.simulator.simulator.accounts.first()?.pending;
  for (const [id, { place }] of pending ?? []) {
    pending?.delete(id);
    place();
  }
}

export async function untilAsked({ stack }: Stage, id: OrderId): Promise<void> {
  const questions = stack.db
    .selectFrom('alerts')
    .select('id')
    .where('order_id', '=', id)
    .where('code', '=', 'indeterminate');
  await untilSo('a person is asked', async () => (await questions.execute()).length > 0);
}

export async function isSessionDead({ stack }: Stage): Promise<boolean> {
  const account = stack.db.selectFrom('openalgo_accounts').select('session_dead_at');
  return (await account.executeTakeFirstOrThrow()).session_dead_at !== null;
}

export async function resting(stage: Stage) {
  stage.fault({ kind: 'rest', times: 1, symbol: stage.symbol });
  const id = await stage.send();
  await stage.until(id, 'accepted');
  return id;
}

function rowOf({ stack, symbol }: Stage) {
  const account = stack.simulator.simulator.accounts.first();
  const row = [...(account?.live.orders.values() ?? [])].findLast((each) => each.symbol === symbol);
  if (account === undefined || row === undefined) throw new Error(`No order for ${symbol}`);
  return { account, row };
}

/** A person cancels it at the broker, through OpenAlgo. */
export async function cancelByHand(stage: Stage): Promise<void> {
  const { account, row } = rowOf(stage);
  const client = createSimulatorClient(stage.stack.simulator.url, account.apikey);
  await client.post('cancelorder', { strategy: 'by hand', orderid: row.orderid });
}

/** A person has OpenAlgo close what the account holds of it, which reads the position. */
export async function closeByHand({ stack, symbol }: Stage): Promise<void> {
  const apikey = stack.simulator.simulator.accounts.first()?.apikey ?? '';
  const client = createSimulatorClient(stack.simulator.url, apikey);
  const order = { strategy: 'by hand', symbol, exchange: 'NSE', product: 'MIS', action: 'SELL' };
  await client.post('placesmartorder', { ...order, quantity: 0, position_size: 0 });
}

export function fillByHand(stage: Stage): void {
  const { account, row } = rowOf(stage);
  account.live.fill(row, { quantity: row.quantity, price: 100, at: Date.now() });
}

/** The account as it was before a case. */
export async function restoreAccount({ simulator, db, accountId }: Stage['stack']): Promise<void> {
  simulator.simulator.faults.clear();
  const account = simulator.simulator.accounts.first();
  if (account !== undefined) account.mode = 'live';
  await markSessionAlive(db, accountId);
}
