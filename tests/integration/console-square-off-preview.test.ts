import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

test('what would be squared off is shown to whoever may see the strategy', async () => {
  await using console = await openConsole({ TRADING_CLOCK: '2026-10-05T11:00:00+05:30' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const ravi = await console.person({ name: 'ravi', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  const { id } = await strategyBy(asha, {
    ...{ account_id, name: 'Day', position_scope: 'strategy', is_intraday: true },
    ...{ start_time: '09:20', end_time: '15:00', squareoff_time: '15:16' },
  });
  const set = { instrument: 'NSE:SBIN:MIS', own: 10, mode: 'analyze' };
  dataOf(await asha.post(`/strategy/${id}/position`, set));
  dataOf(await asha.post(`/accounts/${account_id}/pause`, {}));

  expect(dataOf(await asha.get(`/strategy/${id}/square-off`))).toMatchObject({
    strategy: 'Day',
    square_off: { due_at: '2026-10-05T15:16:00+05:30', rule: 'set_time' },
    exits: [
      {
        ...{ account_id, symbol: 'SBIN', action: 'SELL', quantity: 10 },
        held_until: '2026-10-05T15:20:00+05:30',
      },
    ],
    obstacles: [
      { code: 'account_paused', cure: expect.any(String) },
      // No executor runs here.
      { code: 'lane_unserved' },
      { code: 'closing_auction' },
    ],
  });
  expect(await ravi.get(`/strategy/${id}/square-off`)).toMatchObject({
    status: 404,
    body: { code: 'unknown_strategy' },
  });
});
