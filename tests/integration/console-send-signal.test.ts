import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

const tuesday = '2026-02-10T10:00:00+05:30';
const secret = 'planted-secret-of-the-message';

async function openDesk() {
  const console = await openConsole({ TRADING_CLOCK: tuesday });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  const strategy = await strategyBy(asha, { account_id });
  const send = async (signal_id: string, body: unknown) =>
    await asha.post(`/strategy/${strategy.id}/send`, { signal_id, body: JSON.stringify(body) });
  return Object.assign(console, { asha, send });
}

test('a signal sent by hand trades once, and keeps no secret of its message', async () => {
  await using desk = await openDesk();
  const body = { symbol: 'SBIN', action: 'BUY', secret };
  const sent = dataOf<{ http_status: number; orders: unknown[] }>(await desk.send('first', body));
  expect(sent).toMatchObject({ http_status: 200, orders: [{ symbol: 'SBIN' }] });
  const again = await desk.send('first', body);
  expect([again.status, again.body]).toMatchObject([409, { code: 'signal_id_used' }]);

  const orders = await desk.db.selectFrom('orders').select(['symbol', 'status']).execute();
  expect(orders).toEqual([{ symbol: 'SBIN', status: 'queued' }]);
  const signals = await desk.db.selectFrom('signals').select(['body', 'notes']).execute();
  expect(signals.map((signal) => JSON.parse(signal.body.toString()))).toEqual([
    { symbol: 'SBIN', action: 'BUY' },
  ]);
  expect(JSON.stringify(signals[0]?.notes)).toContain('Sent by');
});

test('what is no signal is answered and kept as a sender’s would be', async () => {
  await using desk = await openDesk();
  const sent = dataOf<{ http_status: number; code: string }>(
    await desk.send('second', { symbol: 'SBIN', action: 'HOLD' }),
  );
  expect(sent).toMatchObject({ http_status: 400, code: 'invalid_action' });
  const signals = await desk.db.selectFrom('signals').select(['verdict', 'code']).execute();
  expect(signals).toEqual([{ verdict: 'refused', code: 'invalid_action' }]);
  expect(await desk.db.selectFrom('orders').select('id').execute()).toEqual([]);
});
