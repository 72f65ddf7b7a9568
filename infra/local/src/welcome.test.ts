import { parseConfig } from '@orderlane/runtime/config';
import { expect, test } from 'vitest';
import { configSchema } from './config.ts';
import { welcomeText } from './welcome.ts';

const stack = {
  dataDir: '/somewhere/.data',
  database: {
    url: 'postgres://orderlane:planted@127.0.0.1:15432/orderlane',
    description: 'Postgres here',
  },
  redis: { url: 'redis://127.0.0.1:16379', description: 'Redis here' },
};
const given = { signalId: 'a-fresh-id', platform: 'linux' as const };

test('the last line is the curl, alone, with the fresh signal id', () => {
  const config = parseConfig(configSchema, { INGRESS_PORT: '9000' });
  const demo = { ...stack, demoWebhookId: 'the-webhook' };
  const lines = welcomeText({ ...given, config, stack: demo }).split('\n');
  expect(lines.at(-1)).toMatch(/^curl .*:9000\/strategy\/webhook\/the-webhook .*a-fresh-id.*$/);
  expect(lines.at(-2)).toBe('');
});

test('as long as nobody can sign in, the way in stands there', () => {
  const config = parseConfig(configSchema, {});
  const firstSignIn = 'http://127.0.0.1:8081/sign-in/link?token=t';
  const text = welcomeText({ ...given, config, stack: { ...stack, firstSignIn } });
  expect(text).toMatch(/console +http:\/\/127\.0\.0\.1:8081\/sign-in\/link\?token=t\n/);
  const later = welcomeText({ ...given, config, stack });
  expect(later).toMatch(/console +http:\/\/127\.0\.0\.1:8081\/\n/);
});

test('no password is shown', () => {
  const config = parseConfig(configSchema, {});
  expect(welcomeText({ ...given, config, stack })).not.toContain('planted');
});

test('with a real OpenAlgo there is no demo, and the line adds an account', () => {
  const config = parseConfig(configSchema, { HOST_SERVER: 'http://127.0.0.1:5000/' });
  const text = welcomeText({ ...given, config, stack });
  expect(text).not.toContain('curl');
  expect(text).not.toContain('simulator');
  expect(text.split('\n').at(-1)).toBe(
    'npm run cli -- account add my-account --url http://127.0.0.1:5000',
  );
});
