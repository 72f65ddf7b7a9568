import { raiseAlert } from '@orderlane/db/alerts';
import { sendAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { expect, it } from 'vitest';
import { makeSender, parsePosted, raiseMany, telegramAt, webhookAt } from '../support/alerts.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const startTarget = async () => await startHttpServer((response) => response.end());

async function raiseExits(parts: FreshParts, count: number): Promise<void> {
  const seed = await seedStrategy(parts.db);
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `X${index}`, product: 'MIS' } as const;
    const orderId = await storeOrder(seed, { role: 'exit', instrument });
    const text = `SELL all of X${index}: no`;
    await raiseAlert(parts.db, { code: 'rejected', subject: `exit ${index}`, text, orderId });
  }
}

it('a burst is one message with the count and the first few', async () => {
  await using parts = await freshParts();
  await using server = await startTarget();
  await raiseMany(parts.db, 100);
  await sendAlerts(makeSender(parts.db).deps, webhookAt(server.url));

  expect(server.heard).toHaveLength(1);
  const { text, alerts } = parsePosted(server.heard[0]?.body ?? '');
  expect(alerts).toHaveLength(100);
  expect(text).toMatch(
    /^rejected: 100 times\n- Number 0, .*\n- Number 1, .*\n- Number 2, .*\nand 97 more\nWhat to do: /,
  );
});

it('a few are told one by one; then more of the code is gathered, other codes are not', async () => {
  await using parts = await freshParts();
  await using server = await startTarget();
  const target = webhookAt(server.url);
  const { deps } = makeSender(parts.db);
  await raiseMany(parts.db, 3);
  await sendAlerts(deps, target);
  expect(server.heard).toHaveLength(3);

  await raiseMany(parts.db, 9);
  await raiseMany(parts.db, 1, { code: 'expired' });
  await sendAlerts(deps, target);
  expect(server.heard.slice(3).map(({ body }) => parsePosted(body).code)).toEqual(['expired']);

  // The minute is over.
  await sendAlerts({ ...deps, burstMs: 0 }, target);
  expect(server.heard).toHaveLength(5);
  expect(parsePosted(server.heard[4]?.body ?? '').alerts).toHaveLength(6);
});

it('of exits each is named, in the middle of a burst and at once', async () => {
  await using parts = await freshParts();
  await using server = await startTarget();
  const target = telegramAt(server.url);
  const { deps } = makeSender(parts.db);
  await raiseMany(parts.db, 100);
  await sendAlerts(deps, target);
  await raiseExits(parts, 25);
  await sendAlerts(deps, target);

  const texts = server.heard
    .slice(1)
    .map(({ body }) => (JSON.parse(body) as { text: string }).text);
  expect(texts).toHaveLength(3);
  for (let index = 0; index < 25; index++) {
    expect(texts.filter((text) => text.includes(`SELL all of X${index}: no`))).toHaveLength(1);
  }
  for (const text of texts) expect(text.length).toBeLessThan(4096);
});

it('a repetition is counted, not sent again', async () => {
  await using parts = await freshParts();
  await using server = await startTarget();
  for (let count = 0; count < 5; count++) {
    await raiseAlert(parts.db, { code: 'rate_limited', subject: 'Demo', text: 'too often' });
  }
  const { deps } = makeSender(parts.db);
  await sendAlerts(deps, webhookAt(server.url));
  await raiseAlert(parts.db, { code: 'rate_limited', subject: 'Demo', text: 'too often' });
  await sendAlerts(deps, webhookAt(server.url));
  expect(server.heard.map(({ body }) => parsePosted(body).text)).toEqual([
    expect.stringContaining('too often (5 times)'),
  ]);
});
