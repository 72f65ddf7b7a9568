import { listAccounts } from '@orderlane/db/accounts';
import { findStrategyByWebhook, listStrategies } from '@orderlane/db/strategies';
import { DEMO_API_KEY, ensureDemo } from '@orderlane/local/demo';
import { createSecretBox } from '@orderlane/runtime/secret-box';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';

const secretBox = createSecretBox('a secret key of thirty-two letters');
const simulator = 'http://127.0.0.1:5055';

test('the demo trades one SBIN at any hour of any day', async () => {
  await using parts = await freshParts();
  const webhookId = await ensureDemo({ db: parts.db, secretBox }, simulator);
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
  const first = await ensureDemo({ db: parts.db, secretBox }, simulator);
  expect(await ensureDemo({ db: parts.db, secretBox }, simulator)).toBe(first);
  expect(await listAccounts(parts.db)).toHaveLength(1);
  expect(await listStrategies(parts.db)).toHaveLength(1);
});

test('it follows the simulator to another port, and a new secret key', async () => {
  await using parts = await freshParts();
  await ensureDemo({ db: parts.db, secretBox }, simulator);
  const newBox = createSecretBox('another secret key of enough length');
  await ensureDemo({ db: parts.db, secretBox: newBox }, 'http://127.0.0.1:5056');
  const [account] = await listAccounts(parts.db);
  expect(account?.base_url).toBe('http://127.0.0.1:5056');
  expect(newBox.open(account?.api_key_box ?? '')).toBe(DEMO_API_KEY);
});
