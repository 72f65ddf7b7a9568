import { setBrake } from '@orderlane/db/brakes';
import { insertMapping } from '@orderlane/db/strategies';
import { brakes, killSwitches } from '@orderlane/domain/brakes';
import { poll } from '@orderlane/local/poll';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';

/** A strategy read anew only after this would refuse too late: the cache keeps it for ten seconds. */
const soonMs = 5000;

let stack: Stack;
let urls: string[];
let posts = 0;

beforeAll(async () => {
  stack = await openStack();
  urls = (await Promise.all([stack.start('ingress'), stack.start('ingress')])).map(
    ({ url }) => url,
  );
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

const post = async (url: string, webhookId: string, action: 'BUY' | 'SELL') => {
  posts += 1;
  return await postWebhook(url, { webhookId, body: { symbol: 'SBIN', action, price: posts } });
};

it.each(killSwitches)(
  'every replica refuses entries at once under %s, exits never',
  async (strength) => {
    const { db, accountId } = stack;
    const strategyId = await makeStrategy(db, { account_id: accountId, name: strength });
    const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 1 };
    await insertMapping(db, { ...mapping, exchange: 'NSE', product: 'MIS' });
    const { webhook_id } = await db
      .selectFrom('strategies')
      .select('webhook_id')
      .where('id', '=', strategyId)
      .executeTakeFirstOrThrow();
    for (const url of urls) expect((await post(url, webhook_id, 'BUY')).status).toBe(200);

    await setBrake(
      db,
      { scope: 'strategy', id: strategyId },
      { strength, reason: null, setBy: 'test' },
    );

    for (const url of urls) {
      const refused = await poll(
        async () => {
          const answer = await post(url, webhook_id, 'BUY');
          return answer.status === 200 ? undefined : answer;
        },
        { what: 'the refusal', withinMs: soonMs },
      );
      expect(refused).toMatchObject({ status: 400, body: { code: brakes[strength].code } });
      expect((await post(url, webhook_id, 'SELL')).status).toBe(200);
    }
    const told = async () =>
      await db
        .selectFrom('alerts')
        .select('text')
        .where('strategy_id', '=', strategyId)
        .where('code', '=', brakes[strength].code)
        .where('text', 'like', '%the exit of SBIN is kept%')
        .execute();
    // An exit that is kept is told each time, one that goes on is not.
    const kept = brakes[strength].exitWebhook === 'hold' ? urls.length : 0;
    await expect.poll(async () => (await told()).length).toBe(kept);
  },
);
