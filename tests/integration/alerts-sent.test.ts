import { createHmac } from 'node:crypto';
import { raiseAlert } from '@orderlane/db/alerts';
import { sendAlerts, tidyAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { expect, it } from 'vitest';
import { botToken, makeSender, parsePosted, telegramAt, webhookAt } from '../support/alerts.ts';
import { makeAccount, makeStrategy, storeOrder } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

async function raiseRejected({ db }: FreshParts) {
  const accountId = await makeAccount(db, { name: 'main' });
  const strategyId = await makeStrategy(db, { account_id: accountId, name: 'Swing' });
  const orderId = await storeOrder({ db, accountId, strategyId }, { role: 'exit' });
  const text = 'SELL all of SBIN (Swing): no funds, "apikey":"key-0123"';
  await raiseAlert(db, { code: 'rejected', subject: 'Swing SBIN', text, accountId, orderId });
  return orderId;
}

const startTelegram = async () =>
  await startHttpServer((response) => answerJson(response, 200, { ok: true, result: {} }));

it('Telegram is told what happened, to whom, and what to do; once', async () => {
  await using parts = await freshParts();
  await using server = await startTelegram();
  await raiseRejected(parts);
  const { deps } = makeSender(parts.db);
  const target = telegramAt(server.url);

  await sendAlerts(deps, target);
  await sendAlerts(deps, target);
  await tidyAlerts(deps, [target]);

  expect(server.heard.map(({ method, path }) => [method, path])).toEqual([
    ['POST', `/bot${botToken}/sendMessage`],
  ]);
  const { chat_id, text } = JSON.parse(server.heard[0]?.body ?? '') as Record<string, string>;
  expect(chat_id).toBe('-100200');
  const lines = text?.split('\n');
  expect(lines).toEqual([
    'rejected: SELL all of SBIN (Swing): no funds, "apikey":"[hidden]"',
    expect.stringMatching(/^account main, strategy demo, NSE:SBIN, \d\d-\d\d \d\d:\d\d:\d\d$/),
    'What to do: Read the reason: funds, symbol, product, price band, market closed.',
  ]);
  const rows = await parts.db.selectFrom('alerts').select('sent_at').execute();
  expect(rows).toEqual([{ sent_at: expect.any(Date) }]);
});

it('a webhook is told in JSON, signed, without any key', async () => {
  await using parts = await freshParts();
  await using server = await startHttpServer((response) => response.end());
  const orderId = await raiseRejected(parts);
  const { deps } = makeSender(parts.db);

  await sendAlerts(deps, webhookAt(server.url, { secret: 'secret', nowMs: 1_700_000_000_500 }));

  const [heard] = server.heard;
  expect(parsePosted(heard?.body ?? '')).toMatchObject({
    code: 'rejected',
    text: expect.stringContaining('account main'),
    cure: expect.stringContaining('Read the reason'),
    alerts: [{ id: 1, subject: 'Swing SBIN', count: 1, account: 'main', order_id: orderId }],
  });
  expect(heard?.body).not.toContain('key-0123');
  const signed = createHmac('sha256', 'secret').update(`1700000000.${heard?.body}`).digest('hex');
  expect(heard?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-orderlane-timestamp': '1700000000',
    'x-orderlane-signature': `sha256=${signed}`,
  });
});

it('an alert is closed when every target has it, and codes that nobody wants are not sent', async () => {
  await using parts = await freshParts();
  await using server = await startTelegram();
  await raiseAlert(parts.db, { code: 'rejected', subject: 'one', text: 'one' });
  await raiseAlert(parts.db, { code: 'filled', subject: 'two', text: 'two' });
  const { deps } = makeSender(parts.db);
  const targets = [telegramAt(server.url), webhookAt(server.url)] as const;
  const closed = async () =>
    await parts.db.selectFrom('alerts').select('code').where('sent_at', 'is not', null).execute();

  await sendAlerts(deps, targets[0]);
  await tidyAlerts(deps, targets);
  expect(await closed()).toEqual([]);
  await sendAlerts(deps, targets[1]);
  await tidyAlerts(deps, targets);
  expect(await closed()).toEqual([{ code: 'rejected' }]);
  expect(server.heard).toHaveLength(2);
});
