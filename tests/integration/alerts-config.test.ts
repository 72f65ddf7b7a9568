import { parseConfig } from '@orderlane/runtime/config';
import { configSchema } from '@orderlane/scheduler/config';
import { expect, it } from 'vitest';

const enough = {
  DATABASE_URL: 'postgres://someone@127.0.0.1:5432/orderlane',
  REDIS_URL: 'redis://127.0.0.1:6379',
  ORDERLANE_SECRET_KEY: 'k'.repeat(32),
};
const token = '123456789:AAE-a-token-of-the-tests-0123';

it.each([
  [{ TELEGRAM_BOT_TOKEN: token }, /TELEGRAM_CHAT_ID is missing: TELEGRAM_BOT_TOKEN is set/],
  [{ TELEGRAM_CHAT_ID: '-100' }, /TELEGRAM_BOT_TOKEN is missing/],
  [{ ALERT_WEBHOOK_SECRET: 's'.repeat(20) }, /ALERT_WEBHOOK_URL is missing/],
  [
    { TELEGRAM_BOT_TOKEN: 'my-token-000', TELEGRAM_CHAT_ID: '1' },
    /TELEGRAM_BOT_TOKEN must be the token/,
  ],
  [{ ALERTS_NOT: 'filled, no_such_code' }, /ALERTS_NOT must be codes of docs\/reason-codes.md/],
  [{ HEARTBEAT_URL: 'nowhere' }, /HEARTBEAT_URL must be an address/],
])('%j is a clear error', (wrong, text) => {
  expect(() => parseConfig(configSchema, { ...enough, ...wrong })).toThrow(text);
  expect(() => parseConfig(configSchema, { ...enough, ...wrong })).not.toThrow(/my-token-000/);
});

it('codes are read in any case, with space around them', () => {
  const config = parseConfig(configSchema, {
    ...enough,
    ALERTS_ALSO: ' Filled ,expired',
    ALERTS_NOT: '',
  });
  expect(config).toMatchObject({ ALERTS_ALSO: ['filled', 'expired'], ALERTS_NOT: [] });
});
