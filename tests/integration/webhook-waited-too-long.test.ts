import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { insertMapping } from '@orderlane/db/strategies';
import { brandIds, type WebhookId } from '@orderlane/domain/ids';
import { poll } from '@orderlane/local/poll';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStrategy } from '../support/factories.ts';
import { postWebhook } from '../support/ingress.ts';
import { openStack, type Stack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

let stack: Stack;
let ingress: TestProcess;
let webhookId: WebhookId;

beforeEach(async () => {
  stack = await openStack({ env: { WEBHOOK_MAX_WAIT_MS: '1 second' } });
  webhookId = brandIds.webhook(randomUUID());
  const strategyId = await makeStrategy(stack.db, {
    account_id: stack.accountId,
    webhook_id: webhookId,
  });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 };
  await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  ingress = await stack.start('ingress');
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

const post = async (symbol: string) =>
  await postWebhook(ingress.url, { webhookId, body: { symbol, action: 'BUY' } });

const orderedSymbols = async () =>
  (await stack.db.selectFrom('orders').select('symbol').orderBy('stored_at').execute()).map(
    ({ symbol }) => symbol,
  );

describe('an ingress that was stopped for longer than its limit', () => {
  it('refuses what waited meanwhile, says why, and takes what comes later', async () => {
    expect((await post('BEFORE')).status).toBe(200);
    ingress.pause();
    const waiting = [post('WAITED1'), post('WAITED2')];
    await sleep(2000);
    ingress.resume();
    for (const { status, body } of await Promise.all(waiting)) {
      expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'waited_too_long' });
    }
    const later = await poll(
      async () => {
        const posted = await post('AFTER');
        return posted.status === 200 ? posted : undefined;
      },
      { what: 'a signal that is taken again', withinMs: 20_000 },
    );
    expect(later.body['orders']).toHaveLength(1);
    expect(await orderedSymbols()).toEqual(['BEFORE', 'AFTER']);
  });

  it('stores nothing for a sender that is gone, who sent it again elsewhere', async () => {
    expect((await post('BEFORE')).status).toBe(200);
    ingress.pause();
    const patience = AbortSignal.timeout(300);
    const body = JSON.stringify({ symbol: 'GONE', action: 'BUY' });
    const url = `${ingress.url}/strategy/webhook/${webhookId}`;
    await expect(fetch(url, { method: 'POST', body, signal: patience })).rejects.toThrow();
    await sleep(1700);
    ingress.resume();
    await ingress.waitForEvent('process_paused');
    await poll(async () => ((await post('AFTER')).status === 200 ? true : undefined), {
      what: 'a signal that is taken again',
      withinMs: 20_000,
    });
    expect(await orderedSymbols()).toEqual(['BEFORE', 'AFTER']);
  });
});
