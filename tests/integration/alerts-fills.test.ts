import { raiseAlert } from '@orderlane/db/alerts';
import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import { botToken } from '../support/alerts.ts';
import { storeOrder } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openStack } from '../support/stack.ts';
import { seedOn } from '../support/store-many.ts';

it.each([
  ['asked for, each fill is told', { ALERTS_ALSO: 'filled' }, ['expired', 'filled']],
  ['not asked for, only what went wrong is', {}, ['expired']],
])('%s; no token is in the log', async (_when, env, codes) => {
  await using stack = await openStack();
  await using server = await startHttpServer((response) => answerJson(response, 200, { ok: true }));
  const seed = await seedOn(stack, { name: 'Swing' });
  const good = await storeOrder(seed, {
    instrument: { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' },
  });
  const [scheduler] = await Promise.all([
    stack.start('scheduler', {
      TELEGRAM_BOT_TOKEN: botToken,
      TELEGRAM_CHAT_ID: '1',
      TELEGRAM_API_URL: server.url,
      ALERTS_MS: '100',
      ALERTS_NOT: 'day_summary',
      ...env,
    }),
    stack.start('executor'),
  ]);
  const isFilled = async () => {
    const row = await stack.db
      .selectFrom('orders')
      .select('status')
      .where('id', '=', good)
      .executeTakeFirst();
    return row?.status === 'filled' || undefined;
  };
  await poll(isFilled, { what: 'the fill', withinMs: 20_000 });
  await raiseAlert(stack.db, { code: 'expired', subject: 'last', text: 'the last' });
  const texts = () => server.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  await expect
    .poll(
      () =>
        texts()
          .map((text) => text.split(':')[0])
          .toSorted(),
      { timeout: 20_000 },
    )
    .toEqual(codes);
  if ('ALERTS_ALSO' in env)
    expect(texts().join()).toMatch(/BUY 10 SBIN \(demo\) was filled: 10 at \d/);
  expect(scheduler.tail()).not.toContain(botToken);
});
