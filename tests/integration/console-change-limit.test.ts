import { expect, test } from 'vitest';
import { dataOf } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

test('changes are counted for each user, whatever the session or key; looking is not', async () => {
  await using console = await openConsole({ STRATEGY_RATE_LIMIT: '3 per hour' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const ravi = await console.person({ name: 'ravi', role: 'trader' });
  const made = await asha.post('/keys/new', { name: 'bot', scopes: ['trade'] });
  const program = console.program(dataOf<{ key: string }>(made).key);
  const elsewhere = await console.signedIn(asha.user);
  const change = '/strategy/999/toggle';
  for (const by of [program, elsewhere]) expect((await by.post(change, {})).status).toBe(404);

  for (const by of [asha, program, elsewhere]) {
    const refused = await by.post(change, {});
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_calls', details: [] } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await by.get('/strategy')).status).toBe(200);
  }
  expect((await ravi.post(change, {})).status).toBe(404);
});
