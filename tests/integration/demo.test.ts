import { listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { findStrategyByWebhook, listStrategies } from '@orderlane/db/strategies';
import { DEMO_API_KEY, ensureDemo } from '@orderlane/local/demo';
import { checkAccount } from '@orderlane/manage/check-account';
import { createSecretBox } from '@orderlane/runtime/secret-box';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';

const secretBox = createSecretBox('a secret key of thirty-two letters');
const actor = { who: 'start:asha', from: 'terminal on box' };
const simulator = 'http://127.0.0.1:5055';

test('the demo trades one SBIN at any hour of any day', async () => {
  await using parts = await freshParts();
  const webhookId = await ensureDemo({ db: parts.db, secretBox, actor }, simulator);
  expect(await findStrategyByWebhook(parts.db, webhookId)).toMatchObject({
    isActive: true,
    isIntraday: false,
    tradingMode: 'LONG',
    platform: 'tradingview',
    mappings: [
      { signalSymbol: 'SBIN', symbol: 'SBIN', exchange: 'NSE', product: 'CNC', quantity: 1 },
    ],
  });
  const [account] = await listAccounts(parts.db);
  expect(account).toMatchObject({ base_url: simulator, mode: 'live', paused_at: null });
  expect(account?.live_confirmed_at).toBeInstanceOf(Date);
});

test('a second start keeps it', async () => {
  await using parts = await freshParts();
  const first = await ensureDemo({ db: parts.db, secretBox, actor }, simulator);
  expect(await ensureDemo({ db: parts.db, secretBox, actor }, simulator)).toBe(first);
  expect(await listAccounts(parts.db)).toHaveLength(1);
  expect(await listStrategies(parts.db)).toHaveLength(1);
  expect(await auditOf(parts.db)).toEqual(['account.add', 'strategy.create']);
});

test('its account can be edited; the name of an earlier version, which kept it from that, is replaced', async () => {
  await using parts = await freshParts();
  await ensureDemo({ db: parts.db, secretBox, actor }, simulator);
  const formerly = { name: 'Demo (simulator)' };
  await parts.db.updateTable('openalgo_accounts').set(formerly).execute();
  await ensureDemo({ db: parts.db, secretBox, actor }, simulator);
  const accounts = await listAccounts(parts.db);
  expect(accounts).toHaveLength(1);
  for (const { name, base_url: baseUrl } of accounts) {
    expect(checkAccount({ name, baseUrl, apiKey: DEMO_API_KEY })).toMatchObject({ ok: true });
  }
});

test('it follows the simulator to another port, and a new secret key', async () => {
  await using parts = await freshParts();
  await ensureDemo({ db: parts.db, secretBox, actor }, simulator);
  const newBox = createSecretBox('another secret key of enough length');
  await ensureDemo({ db: parts.db, secretBox: newBox, actor }, 'http://127.0.0.1:5056');
  const [account] = await listAccounts(parts.db);
  expect(account?.base_url).toBe('http://127.0.0.1:5056');
  expect(newBox.open(account?.api_key_box ?? '')).toBe(DEMO_API_KEY);
  expect(await auditOf(parts.db)).toEqual(['account.add', 'strategy.create', 'account.change']);
});

async function auditOf(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  for (const { who, origin } of rows) expect({ who, from: origin }).toEqual(actor);
  return rows.map(({ what }) => what);
}
