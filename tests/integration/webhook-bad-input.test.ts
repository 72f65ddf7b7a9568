import { randomUUID } from 'node:crypto';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { StrategyId, WebhookId } from '@orderlane/domain/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let ingress: TestIngress;
let strategyId: StrategyId;
let webhookId: WebhookId;

beforeAll(async () => {
  parts = await freshParts();
  ingress = await openIngress(parts);
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});

async function seed(values: Partial<Parameters<typeof makeStrategy>[1]> = {}): Promise<void> {
  const account_id = await makeAccount(parts.db);
  strategyId = await makeStrategy(parts.db, { account_id, ...values });
  const sbin = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(parts.db, { ...sbin, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? webhookId;
}

beforeEach(async () => {
  await seed();
});

type Sent = Parameters<typeof postWebhook>[1]['body'];

const post = async (body: Sent, contentType?: string) =>
  await postWebhook(ingress.url, { webhookId, body, ...(contentType && { contentType }) });

const storedSignals = async () =>
  await parts.db.selectFrom('signals').selectAll().where('strategy_id', '=', strategyId).execute();

const storedOrders = async () =>
  await parts.db.selectFrom('orders').selectAll().where('strategy_id', '=', strategyId).execute();

const buy = { symbol: 'SBIN', action: 'BUY' };
const huge = JSON.stringify({ ...buy, comment: 'x'.repeat(65 * 1024) });
const deep = `{"symbol":"SBIN","action":"BUY","deep":${'['.repeat(5000)}${']'.repeat(5000)}}`;

describe('bodies that are no signal', () => {
  it.each<[string, Sent, string]>([
    ['empty', '', 'no_data'],
    ['an empty object', {}, 'no_data'],
    ['no JSON and no form', 'not json', 'malformed_body'],
    ['cut-off JSON', '{"symbol":"SBIN","action":"BUY"', 'malformed_body'],
    ['an array', '[{"symbol":"SBIN"}]', 'malformed_body'],
    ['a number', '42', 'malformed_body'],
    ['null', 'null', 'malformed_body'],
    ['nested deeply', deep, 'malformed_body'],
    ['a __proto__ key', '{"__proto__":{"x":1},"symbol":"SBIN","action":"BUY"}', 'malformed_body'],
    ['a NUL character', '{"symbol":"SB\\u0000IN","action":"BUY"}', 'malformed_body'],
    ['raw NUL bytes', Uint8Array.from([0, 0, 0]), 'malformed_body'],
    ['no UTF-8', Uint8Array.from([0xff, 0xfe, 0x7b]), 'malformed_body'],
    ['a symbol of a wrong type', { symbol: 5, action: { a: 1 } }, 'bad_field'],
    ['an unknown action', { symbol: 'SBIN', action: 'HOLD' }, 'invalid_action'],
    ['no symbol', { action: 'BUY' }, 'missing_fields'],
    ['a symbol without mapping', { symbol: 'INFY', action: 'BUY' }, 'no_mapping'],
    ['a fraction', { ...buy, position_size: '2.5' }, 'bad_number'],
    ['a number beyond all bounds', { ...buy, position_size: '1e400' }, 'bad_number'],
    ['a huge target', { ...buy, position_size: 1_000_000_000 }, 'quantity_above_limit'],
  ])('%s is refused with its code and stored with it', async (_name, body, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 'error', code, error: expect.any(String) });
    expect(await storedSignals()).toMatchObject([{ verdict: 'refused', code, http_status: 400 }]);
    expect(await storedOrders()).toEqual([]);
  });

  it('keeps the bytes of a refused body exactly as they came', async () => {
    const bytes = Uint8Array.from([0, 255, 1, 254]);
    await post(bytes);
    const [signal] = await storedSignals();
    expect(new Uint8Array(signal?.body ?? [])).toEqual(bytes);
  });

  it('refuses more than 64 KiB with 413', async () => {
    const answer = await post(huge);
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    expect(await storedOrders()).toEqual([]);
    expect(await storedSignals()).toMatchObject([{ code: 'body_too_large', http_status: 413 }]);
  });

  it('refuses a body that grows beyond 64 KiB without saying so', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(16 * 1024));
    let left = 6;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left === 0) controller.close();
        else controller.enqueue(chunk);
        left -= 1;
      },
    });
    const call = { method: 'POST', body, duplex: 'half' } as const;
    const response = await fetch(`${ingress.url}/strategy/webhook/${webhookId}`, call);
    expect(response.status).toBe(413);
  });
});

describe('senders that say it differently', () => {
  it.each<[string, string]>([
    ['text/plain', JSON.stringify(buy)],
    ['application/x-www-form-urlencoded', 'symbol=SBIN&action=buy'],
    ['application/octet-stream', JSON.stringify({ symbol: ' nse:sbin ', action: ' Buy ' })],
  ])('%s is read all the same', async (contentType, body) => {
    const answer = await post(body, contentType);
    expect(answer.status).toBe(200);
    expect(await storedOrders()).toMatchObject([{ symbol: 'SBIN', action: 'BUY', quantity: 10 }]);
  });

  it('a negative quantity in the body matters only where the mapping has none', async () => {
    expect((await post({ ...buy, quantity: -5 })).status).toBe(200);
    await parts.db
      .updateTable('strategy_symbol_mappings')
      .set({ quantity: null })
      .where('strategy_id', '=', strategyId)
      .execute();
    expect((await post({ ...buy, quantity: -6 })).body).toMatchObject({ code: 'bad_number' });
    expect((await post({ ...buy, quantity: 7 })).status).toBe(200);
  });
});

describe('webhooks that lead nowhere', () => {
  it.each([randomUUID(), 'not-a-uuid', "' or 1=1 --"])('%s is 404', async (id) => {
    const webhook = encodeURIComponent(id);
    const answer = await postWebhook(ingress.url, { webhookId: webhook, body: buy });
    expect(answer).toMatchObject({
      status: 404,
      body: { code: 'unknown_webhook', error: 'Invalid webhook ID' },
    });
  });

  it('an inactive strategy refuses before it reads', async () => {
    await seed({ is_active: false });
    expect(await post('not json')).toMatchObject({
      status: 400,
      body: { code: 'strategy_inactive' },
    });
  });

  it('an owner without an account is told so', async () => {
    const name = `no account ${randomUUID().slice(0, 8)}`;
    await seed({ name });
    await parts.db
      .updateTable('strategies')
      .set({ account_id: null })
      .where('id', '=', strategyId)
      .execute();
    expect(await post(buy)).toMatchObject({
      status: 401,
      body: { code: 'missing_account', error: 'No API key found' },
    });
  });

  it('a paused account refuses entries and keeps exits', async () => {
    await parts.db.updateTable('openalgo_accounts').set({ paused_at: new Date() }).execute();
    expect(await post(buy)).toMatchObject({ body: { code: 'account_paused' } });
    expect((await post({ symbol: 'SBIN', action: 'SELL' })).status).toBe(200);
    expect(await storedOrders()).toMatchObject([{ role: 'exit', status: 'queued' }]);
  });
});
