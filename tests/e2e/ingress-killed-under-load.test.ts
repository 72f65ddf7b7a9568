import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';

const senders = 32;
const strategies = 4;

let stack: Stack;
const webhookIds: string[] = [];

beforeEach(async () => {
  stack = await openStack({ env: { WEBHOOK_RATE_LIMIT: '1000000 per minute' } });
  for (let count = 0; count < strategies; count++) {
    const limits = { max_orders_per_day: 1_000_000 };
    const strategyId = await makeStrategy(stack.db, { account_id: stack.accountId, ...limits });
    const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
    await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
    webhookIds.push((await findStrategy(stack.db, strategyId))?.webhookId ?? '');
  }
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it('an ingress killed while it stores in batches: what was answered 200 is stored, once', async () => {
  const ingress = await stack.start('ingress');
  const accepted: string[] = [];
  const send = async (sender: number) => {
    for (let turn = 0; ; turn++) {
      const body = { symbol: `W${sender}T${turn}`, action: 'BUY' };
      const webhookId = webhookIds[sender % strategies] ?? '';
      const answer = await postWebhook(ingress.url, { webhookId, body }).catch(() => undefined);
      if (answer === undefined) return;
      if (answer.status === 200) accepted.push(`${answer.body['signal_id']} ${body.symbol}`);
    }
  };
  const load = Promise.all(
    Array.from({ length: senders }, async (_, sender) => await send(sender)),
  );
  await poll(async () => await Promise.resolve(accepted.length > 300 || undefined), {
    what: 'signals are accepted under load',
    withinMs: 60_000,
  });
  ingress.signal('SIGKILL');
  await load;
  const orders = await stack.db.selectFrom('orders').select(['signal_id', 'symbol']).execute();
  const stored = orders.map(({ signal_id, symbol }) => `${signal_id} ${symbol}`);
  expect(new Set(stored).isSupersetOf(new Set(accepted))).toBe(true);
  expect(new Set(stored).size).toBe(stored.length);
  // Neither of a pair is there without the other.
  const signals = await stack.db.selectFrom('signals').select('id').execute();
  expect(new Set(signals.map(({ id }) => id))).toEqual(
    new Set(orders.map(({ signal_id }) => signal_id)),
  );
});
