import { setTimeout as sleep } from 'node:timers/promises';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import {
  ask,
  type Caddy,
  describeWithCaddy,
  doesCaddyRetryBodies,
  startCaddy,
  startIngressBehind,
} from '../support/caddy.ts';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const env = {
  STOP_NOTICE_MS: '4 seconds',
  WEBHOOK_RATE_LIMIT: '100000 per minute',
  // A busy machine may be slow: what is counted is who is answered what.
  WEBHOOK_ANSWER_WITHIN_MS: '20 seconds',
  WEBHOOK_MAX_WAIT_MS: '60 seconds',
};

describeWithCaddy('behind Caddy', async () => {
  it('an ingress that stops, and one that starts, costs nobody an answer', async () => {
    await using parts = await freshParts();
    await using caddy = await startCaddy('127.0.0.1:9');
    await using first = await startIngressBehind(caddy, { parts, last: 20, env });
    await using second = await startIngressBehind(caddy, { parts, last: 21, env });
    await using load = await startLoad(parts, caddy);
    expect((await first.stop()).code).toBe(0);
    await using _third = await startIngressBehind(caddy, { parts, last: 22, env });
    await load.answered(20);
    expect((await second.stop()).code).toBe(0);
    await load.answered(20);
    const statuses = await load.stop();
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await countOrders(parts)).toBe(statuses.length);
  });

  it.skipIf(!(await doesCaddyRetryBodies()))(
    'one that is killed costs only what it was asked',
    async () => {
      await using parts = await freshParts();
      await using caddy = await startCaddy('127.0.0.1:9');
      await using first = await startIngressBehind(caddy, { parts, last: 20, env });
      await using _second = await startIngressBehind(caddy, { parts, last: 21, env });
      await using load = await startLoad(parts, caddy);
      await load.pause();
      await first.kill();
      const before = load.count();
      load.resume();
      await load.answered(20);
      expect(new Set((await load.stop()).slice(before))).toEqual(new Set([200]));
    },
  );

  it('where none is there, it is 503: senders try again', async () => {
    await using parts = await freshParts();
    await using caddy = await startCaddy('127.0.0.1:9');
    const webhookId = await addStrategy(parts);
    const post = async () => (await postOne(caddy, webhookId, 1)).status;
    await expect.poll(post).toBe(503);
  });
});

const sendEveryMs = 100;

/** Posts signals, each of them once, until it is stopped. */
async function startLoad(parts: FreshParts, caddy: Caddy) {
  const webhookId = await addStrategy(parts);
  const statuses: (number | string)[] = [];
  let number = 0;
  const post = async () => {
    const mine = ++number;
    await postOne(caddy, webhookId, mine).then(
      ({ status, body }) => statuses.push(status === 200 ? status : `${status} ${body}`),
      (error: unknown) => statuses.push(String(error)),
    );
  };
  await poll(async () => ((await postOne(caddy, webhookId, 0)).status === 200 ? true : undefined), {
    what: 'a webhook is taken',
    withinMs: 20_000,
  });
  statuses.push(200);
  let isPaused = false;
  let isOver = false;
  const open = new Set<Promise<void>>();
  const run = async () => {
    while (!isOver) {
      if (!isPaused) {
        const one = post().finally(() => open.delete(one));
        open.add(one);
      }
      await sleep(sendEveryMs);
    }
    await Promise.all(open);
  };
  const running = run();
  return {
    count: () => statuses.length,
    pause: async () => {
      isPaused = true;
      await Promise.all(open);
    },
    resume: () => {
      isPaused = false;
    },
    /** So many more answers have come. */
    answered: async (more: number) => {
      const wanted = statuses.length + more;
      await expect.poll(() => statuses.length).toBeGreaterThanOrEqual(wanted);
    },
    stop: async () => {
      isOver = true;
      await running;
      return statuses;
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await running;
    },
  };
}

async function postOne(caddy: Caddy, webhookId: string, number: number) {
  return await ask(caddy.port, {
    path: `/strategy/webhook/${webhookId}`,
    method: 'POST',
    body: JSON.stringify({ symbol: 'SBIN', action: 'BUY', signal_id: `load-${number}` }),
  });
}

async function countOrders({ db }: FreshParts): Promise<number> {
  const counted = db.selectFrom('orders').select((eb) => eb.fn.countAll<string>().as('all'));
  return Number((await counted.executeTakeFirstOrThrow()).all);
}

async function addStrategy(parts: FreshParts): Promise<string> {
  const account_id = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { account_id, max_orders_per_day: 100_000 });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
}
