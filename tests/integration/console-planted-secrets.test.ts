import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startConsoleProcess } from '../support/console.ts';
import { dataOf } from '../support/console-fixtures.ts';
import { startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { createBrowser } from '../support/here-console.ts';
import { readTables } from '../support/table-contents.ts';
import { totpCode } from '../support/totp.ts';

const email = 'admin@example.com';
const password = 'planted-password-7f3a9c51';
const apiKey = 'planted-api-key-84b60e2d';
const sharedSecret = 'planted-shared-secret-51e2d8';

/** An OpenAlgo that says everything back that it is told; at first it is one, so that it is added. */
async function startTalkative() {
  return await startHttpServer((response, { path, body }) => {
    const isFine = path.endsWith('/ping') || path.endsWith('/analyzer');
    const data = path.endsWith('/analyzer')
      ? { analyze_mode: true, mode: 'analyze', total_logs: 0 }
      : { message: 'pong', broker: 'angel' };
    response.writeHead(isFine ? 200 : 400, { 'content-type': 'application/json' });
    const failure = { status: 'error', message: `I was sent ${body}`, apikey: apiKey };
    response.end(JSON.stringify(isFine ? { status: 'success', data } : failure));
  });
}

async function everythingInRedis({ redisUrl, redisPrefix }: FreshParts): Promise<string> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${redisPrefix}*`);
  const dumps = await Promise.all(keys.map(async (key) => await redis.dumpBuffer(key)));
  redis.disconnect();
  return [...keys, ...dumps.map((dump) => dump.toString('latin1'))].join('\n');
}

test('what people give the console to keep is shown, logged and stored in the clear nowhere', async () => {
  await using parts = await freshParts();
  await using talkative = await startTalkative();
  const env = { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, LOG_LEVEL: 'trace' };
  await using board = await startConsoleProcess(parts, env);
  const admin = createBrowser(board.url);
  const answers: string[] = [];
  const post = async (path: string, body: unknown = {}) => {
    const called = await admin.post(path, body);
    answers.push(called.text);
    return called;
  };
  await post('/sign-in', { email, password });
  const account = { name: 'main', base_url: talkative.url, api_key: apiKey };
  const { id: account_id } = dataOf<{ id: number }>(await post('/accounts/new', account));
  await admin
    .get(`/accounts/${account_id}/search?query=SBIN`)
    .then(({ text }) => answers.push(text));
  await post(`/accounts/${account_id}/edit`, { api_key: apiKey, order_rate: 'often' });
  await post(`/accounts/${account_id}/test`);
  const form = { name: 'Breakout', account_id, platform: 'tradingview', trading_mode: 'LONG' };
  const { id } = dataOf<{ id: number }>(await post('/strategy/new', form));
  await post(`/strategy/${id}/secret`, { secret: sharedSecret });
  const signal = { symbol: 'SBIN', action: 'BUY', secret: sharedSecret };
  await post(`/strategy/${id}/try`, { body: signal });
  await post('/me/password', { current: password, new: 'short' });

  // These are answered once, to whoever asked for them.
  const made = await admin.post('/keys/new', { name: 'bot', scopes: ['admin'] });
  const { key } = dataOf<{ key: string }>(made);
  const user = { name: 'Ravi', email: 'ravi@example.com', role: 'trader' };
  const { link } = dataOf<{ link: string }>(await admin.post('/users/new', user));
  const token = new URL(link).searchParams.get('token') ?? '';
  await createBrowser(board.url).get(`/sign-in/link?token=${token}`, { accept: 'text/html' });
  const begun = dataOf<{ totp_uri: string; backup_codes: string[] }>(
    await admin.post('/me/two-factor/begin', { password }),
  );
  await post('/me/two-factor/confirm', { code: totpCode(begun.totp_uri) });
  const bearer = { authorization: `Bearer ${key}` };
  for (const path of ['/accounts', '/strategy', `/strategy/${id}`, '/users', '/audit', '/me']) {
    answers.push((await createBrowser(board.url).get(path, bearer)).text);
  }

  const places: Record<string, string> = {
    answers: answers.join('\n'),
    logs: JSON.stringify(board.logs()) + board.tail(),
    postgres:
      (await readTables(parts.db)) +
      JSON.stringify(await parts.db.selectFrom('audit_log').selectAll().execute()),
    redis: await everythingInRedis(parts),
  };
  const totpSecret = new URL(begun.totp_uri).searchParams.get('secret') ?? '';
  const secrets = { password, apiKey, sharedSecret, key: key.slice(3), token, totpSecret };
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries({ ...secrets, backup: begun.backup_codes[0] ?? '' })
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => `${name} in ${place}`),
  );
  expect(found).toEqual([]);
  expect(places['answers']).toContain('I was sent');
});
