import { expect, test } from 'vitest';
import { accountOf, strategyBy } from '../support/console-fixtures.ts';
import { type Caller, openConsole, type TestConsole } from '../support/here-console.ts';

/** Everything that shows a strategy to somebody who may look. */
const pathsOf = (id: number) => [
  '/strategy',
  `/strategy/${id}`,
  `/strategy/${id}/edit`,
  '/strategy/new',
  `/strategy/${id}/symbols`,
  '/signals',
  '/orders',
];

test('the address of a webhook is shown only to those who may trade', async () => {
  await using console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const vik = await console.person({ name: 'vik', role: 'viewer', tenant: asha.user.tenant_id });
  const account_id = await accountOf(console, asha.user.tenant_id);
  const { id, webhook_id, webhook_url } = await strategyBy(asha, { account_id });

  const lookers = [vik, await keyOf(console, asha, 'read'), await keyOf(console, vik, 'read')];
  for (const looker of lookers) {
    const hidden = { webhook_id: null, webhook_url: null, name: 'Breakout' };
    expect((await looker.get(`/strategy/${id}`)).body).toMatchObject({ data: hidden });
    const { body } = await looker.get(`/strategy/${id}/edit`);
    expect(body).toMatchObject({ data: { strategy: hidden } });
    for (const path of pathsOf(id)) {
      const { status, text } = await looker.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain(webhook_id);
    }
  }
  const admin = await console.person({ name: 'root', role: 'admin' });
  for (const trader of [asha, admin, await keyOf(console, asha, 'trade')]) {
    const shown = { webhook_id, webhook_url };
    expect((await trader.get(`/strategy/${id}`)).body).toMatchObject({ data: shown });
    const { body } = await trader.get(`/strategy/${id}/edit`);
    expect(body).toMatchObject({ data: { strategy: shown } });
  }
});

async function keyOf(console: TestConsole, owner: Caller, scope: string): Promise<Caller> {
  const { body } = await owner.post('/keys/new', { name: scope, scopes: [scope] });
  return console.program((body['data'] as { key: string }).key);
}
