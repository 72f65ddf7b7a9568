import { poll } from '@orderlane/local/poll';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { postWebhook } from '../support/ingress.ts';
import {
  clockAt,
  makeIntraday,
  restlessClock,
  squareOffs,
  untilTicked,
} from '../support/square-off.ts';
import { openStack, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeEach(async () => {
  const limits = { WEBHOOK_RATE_LIMIT: '100000 per minute' };
  const clock = clockAt('12:16:00', '2026-05-18');
  stack = await openStack({ env: { ...restlessClock, ...clock, ...limits } });
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const calendar = async (...args: string[]) =>
  await commandLine({ DATABASE_URL: stack.parts.databaseUrl }).json(['calendar', ...args]);

/** The same symbol each time; each body differs, so that none is a duplicate. */
async function postBuy(url: string, webhookId: string) {
  const body = { symbol: 'SBIN', action: 'BUY', price: String(performance.now()) };
  const { status, body: answer } = await postWebhook(url, { webhookId, body });
  return { status, code: answer['code'] };
}

async function makeStrategy() {
  const id = await makeIntraday(stack, {
    symbols: ['SBIN'],
    madeAgo: '8 hours',
    values: { squareoff_time: '15:10', max_orders_per_day: 100_000 },
  });
  const { webhook_id: webhookId } = await stack.db
    .selectFrom('strategies')
    .select('webhook_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { webhookId };
}

async function untilCode(url: string, webhookId: string, code: string | undefined) {
  await poll(async () => ((await postBuy(url, webhookId)).code === code ? true : undefined), {
    what: `the answer ${code}`,
    withinMs: 20_000,
  });
}

it('a day that people close is closed for every replica, and open again when they take it back', async () => {
  const { webhookId } = await makeStrategy();
  const urls = (await Promise.all([stack.start('ingress'), stack.start('ingress')])).map(
    ({ url }) => url,
  );
  for (const url of urls) expect(await postBuy(url, webhookId)).toMatchObject({ status: 200 });
  await calendar('add', '2026-05-18', 'NSE', 'closed');
  for (const url of urls) await untilCode(url, webhookId, 'market_closed');
  await calendar('remove', '2026-05-18');
  for (const url of urls) await untilCode(url, webhookId, undefined);
});

it('a change that is not heard is found all the same', async () => {
  const { webhookId } = await makeStrategy();
  const { url } = await stack.start('ingress');
  expect(await postBuy(url, webhookId)).toMatchObject({ status: 200 });
  await sql`alter table calendar_days disable trigger calendar_days_changed`.execute(stack.db);
  await calendar('add', '2026-05-18', 'NSE', 'closed');
  await untilCode(url, webhookId, 'market_closed');
});

it('a session that is made short squares off at once what is late for it', async () => {
  await makeStrategy();
  await stack.start('scheduler');
  await untilTicked(stack);
  expect(await squareOffs(stack)).toEqual([]);
  await calendar('add', '2026-05-18', 'NSE', '09:15-12:30');
  await expect
    .poll(async () => await squareOffs(stack), { timeout: 20_000 })
    .toMatchObject([{ session_date: '2026-05-18' }]);
});

it('the calendar of OpenAlgo is read by the scheduler that runs', async () => {
  await stack.start('scheduler');
  await expect
    .poll(async () => await stack.db.selectFrom('calendar_reads').select('year').execute(), {
      timeout: 20_000,
    })
    .toEqual([{ year: 2026 }]);
  expect(await calendar('list', '--year', '2026')).toMatchObject({
    days: expect.arrayContaining([
      // OpenAlgo says 23:55 all year.
      expect.objectContaining({ date: '2026-06-26', exchange: 'MCX', hours: '17:00-23:30' }),
      expect.objectContaining({ date: '2026-06-26', exchange: 'NSE', source: 'openalgo' }),
      expect.objectContaining({ date: '2026-02-01', exchange: 'NSE', source: 'built_in' }),
    ]),
  });
});
