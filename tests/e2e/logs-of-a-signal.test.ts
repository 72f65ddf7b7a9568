import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { eventNames } from '@orderlane/runtime/event-names';
import { hashSharedSecret } from '@orderlane/runtime/shared-secret';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { makeStrategy } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';

/** Each is looked for in all that all processes wrote. */
const planted = {
  apiKey: 'planted-key-7f3a9c51e2d84b60',
  webhookSecret: 'planted-webhook-secret-51e2d8',
  databasePassword: 'planted-database-password-84b60',
  authorization: 'Bearer planted-authorization-9c51e',
  botToken: '123456789:planted-bot-token-3a9c51e2d84',
  mailPassword: 'planted-mail-password-2d84b',
  signingSecret: 'planted-signing-secret-a9c51',
  secretKey: 'planted-secret-key-e2d84b60-7f3a9c51',
};

const role = 'logs_of_a_signal';
let parts: FreshParts;
let stack: Stack;
let echo: Awaited<ReturnType<typeof startHttpServer>>;

beforeEach(async () => {
  parts = await freshParts();
  await sql
    .raw(`create role ${role} superuser login password '${planted.databasePassword}'`)
    .execute(parts.db);
  // A far side of everything that says back whatever it was told.
  echo = await startHttpServer((response, heard) => {
    const said = `${heard.path} ${JSON.stringify(heard.headers)} ${heard.body}`;
    answerJson(response, 400, { status: 'error', message: said, description: said });
  });
  const place = new URL(parts.databaseUrl);
  place.username = role;
  place.password = planted.databasePassword;
  stack = await openStack({
    parts,
    databaseUrl: place.href,
    env: {
      LOG_LEVEL: 'trace',
      TELEGRAM_API_URL: echo.url,
      TELEGRAM_BOT_TOKEN: planted.botToken,
      TELEGRAM_CHAT_ID: '1',
      ALERT_WEBHOOK_URL: `${echo.url}/hook`,
      ALERT_WEBHOOK_SECRET: planted.signingSecret,
      SMTP_URL: `smtp://orderlane:${planted.mailPassword}@127.0.0.1:9`,
      ALERT_EMAIL_FROM: 'orderlane@example.com',
      ALERT_EMAIL_TO: 'asha@example.com',
      ALERTS_MS: '100',
    },
  });
});
afterEach(async () => {
  await echo[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  await sql
    .raw(`drop owned by ${role}; drop role ${role}`)
    .execute(parts.db)
    .catch(() => undefined);
});

async function addStrategy(baseUrl: string): Promise<string> {
  const account_id = await addAccount(stack.db, { baseUrl, apiKey: planted.apiKey });
  const shared_secret_hash = hashSharedSecret(planted.webhookSecret);
  const strategyId = await makeStrategy(stack.db, { account_id, shared_secret_hash });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
}

it('every line of a signal’s way is JSON with a known name and its ids, and no line holds a secret', async () => {
  const webhookId = await addStrategy(echo.url);
  const ingress = await stack.start('ingress');
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
  const headers = { authorization: planted.authorization };
  const body = { symbol: 'SBIN', action: 'BUY', secret: planted.webhookSecret };
  const answer = await postWebhook(ingress.url, { webhookId, headers, body });
  expect(answer.status).toBe(200);
  const wrong = { symbol: 'SBIN', action: 'BUY', secret: 'not the secret' };
  await postWebhook(ingress.url, { webhookId, headers, body: wrong });
  await postWebhook(ingress.url, {
    webhookId,
    headers,
    body: `{"secret":"${planted.webhookSecret}",`,
  });
  const [order] = answer.body['orders'] as { id: string }[];
  await poll(async () => (lines().some(isOf('order_rejected')) ? true : undefined), {
    what: 'the order is rejected',
    withinMs: 50_000,
  });
  await poll(async () => (lines().some(isOf('alerts_telegram_failed')) ? true : undefined), {
    what: 'an alert could not be sent',
    withinMs: 50_000,
  });
  for (const process of stack.processes()) await process.stop();

  const all = lines();
  for (const process of stack.processes()) {
    const last = process
      .tail()
      .split('\n')
      .filter((line) => line !== '');
    for (const line of last) expect(JSON.parse(line)).toMatchObject({ event: expect.any(String) });
  }
  const names = new Set<string>(eventNames);
  expect(all.filter(({ event }) => !names.has(String(event)))).toEqual([]);
  const written = stack
    .processes()
    .map((each) => `${JSON.stringify(each.logs())}${each.tail()}`)
    .join('\n');
  for (const [name, secret] of Object.entries(planted)) {
    expect(written.includes(secret), name).toBe(false);
    expect(written.includes(encodeURIComponent(secret)), name).toBe(false);
  }
  const signalId = answer.body['signal_id'];
  const ofSignal = all.filter((line) => line['signalId'] === signalId).map(({ event }) => event);
  expect(ofSignal).toEqual(
    expect.arrayContaining(['signal_queued', 'order_sent', 'order_rejected']),
  );
  const ofOrder = all.filter(
    ({ event }) => String(event).startsWith('order_') && event !== 'order_events_sealed',
  );
  expect(ofOrder.length).toBeGreaterThan(1);
  for (const line of ofOrder) expect(line).toMatchObject({ signalId, orderId: order?.id });
  expect(all.find(isOf('signal_queued'))).toMatchObject({ signalId, orderIds: [order?.id] });
});

function lines(): Record<string, unknown>[] {
  return stack.processes().flatMap((process) => process.logs());
}

const isOf = (name: string) => (line: Record<string, unknown>) => line['event'] === name;
