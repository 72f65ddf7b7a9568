import { gzipSync } from 'node:zlib';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { refusalCodes } from '@orderlane/domain/refusal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';
import { callRaw, dripRaw, parseAnswer } from '../support/raw-call.ts';

let parts: FreshParts;
let ingress: TestIngress;
let strategyId: StrategyId;
let webhookId: string;

beforeAll(async () => {
  parts = await freshParts();
  ingress = await openIngress(parts);
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});
beforeEach(async () => {
  const account_id = await makeAccount(parts.db);
  strategyId = await makeStrategy(parts.db, { account_id });
  const mapping = { strategyId, signalSymbol: '*', symbol: '*', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
});

const path = () => `/strategy/webhook/${webhookId}`;
const buy = '{"symbol":"SBIN","action":"BUY"}';
const head = (lines: string[]) => [`POST ${path()} HTTP/1.1`, ...lines, '', ''].join('\r\n');
const close = 'Connection: close';

const ask = async (...bytes: (string | Uint8Array)[]) =>
  parseAnswer(await (await callRaw(ingress.url, ...bytes)).answer);

const signals = async () =>
  await parts.db
    .selectFrom('signals')
    .select(['verdict', 'code', 'http_status', 'path'])
    .where('strategy_id', '=', strategyId)
    .execute();

const orders = async () =>
  await parts.db.selectFrom('orders').select('id').where('strategy_id', '=', strategyId).execute();

describe('what is no webhook call is told so, and trades nothing', () => {
  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s', async (method) => {
    const response = await fetch(ingress.url + path(), { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ status: 'error', code: 'method_not_allowed' });
  });

  it.each(['/', '/strategy/webhook', '/nowhere'])('%s', async (address) => {
    const response = await fetch(ingress.url + address, { method: 'POST', body: buy });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  it.each<[string, number, () => string]>([
    ['no HTTP at all', 400, () => '\x16\x03\x01\x00\xa5'],
    ['two lengths', 400, () => head(['Host: x', 'Content-Length: 3', 'Content-Length: 4'])],
    ['a length that is no number', 400, () => head(['Host: x', 'Content-Length: abc'])],
    ['a chunk that is none', 400, () => `${head(['Host: x', 'Transfer-Encoding: chunked'])}zz\r\n`],
    ['a header that never ends', 431, () => head(['Host: x', `X: ${'x'.repeat(20_000)}`])],
    ['a host that is none', 400, () => head(['Host: a b', close])],
  ])('%s', async (_name, status, bytes) => {
    const answer = await ask(bytes());
    expect(answer).toMatchObject({ status, body: { status: 'error', code: 'unreadable_request' } });
    expect(refusalCodes).toHaveProperty('unreadable_request');
  });
});

describe('calls that are only unusual are taken', () => {
  it('a slash at the end of the address', async () => {
    const response = await fetch(`${ingress.url}${path()}/`, { method: 'POST', body: buy });
    expect(response.status).toBe(200);
    expect(await signals()).toMatchObject([{ verdict: 'queued', path: '/strategy/webhook' }]);
  });

  it.each(['toUpperCase', 'toLowerCase'] as const)('an id in another case: %s', async (change) => {
    const answer = await postWebhook(ingress.url, { webhookId: webhookId[change](), body: buy });
    expect(answer.status).toBe(200);
  });

  it('no host, and a body in pieces', async () => {
    const piece = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const chunks = [piece(buy.slice(0, 7)), piece(buy.slice(7)), '0\r\n\r\n'];
    const answer = await ask(head(['Transfer-Encoding: chunked', close]), ...chunks);
    expect(answer.status).toBe(200);
  });

  it('calls that do not wait for answers', async () => {
    const call = (symbol: string, line: string) => {
      const body = JSON.stringify({ symbol, action: 'BUY' });
      return head(['Host: x', `Content-Length: ${body.length}`, line]) + body;
    };
    const { answer } = await callRaw(ingress.url, call('A', 'X: 1') + call('B', close));
    expect((await answer).match(/"status":"success"/g)).toHaveLength(2);
  });
});

describe('a body that cannot be read is refused, and recorded', () => {
  it('compressed', async () => {
    const body = new Uint8Array(gzipSync(buy));
    const headers = { 'content-encoding': 'gzip' };
    const answer = await postWebhook(ingress.url, { webhookId, body, headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_body' } });
    expect(answer.body['error']).toContain('content-encoding gzip');
  });

  it('shorter than it says', async () => {
    const answer = await ask(head(['Host: x', 'Content-Length: 500']), buy);
    expect(answer).toMatchObject({ status: 408, body: { code: 'body_incomplete' } });
    expect(await signals()).toMatchObject([{ code: 'body_incomplete', http_status: 408 }]);
  });

  it('that drips, while others are taken', async () => {
    const slow = dripRaw(ingress.url, head(['Host: x', 'Content-Length: 500']), 'x');
    expect((await postWebhook(ingress.url, { webhookId, body: buy })).status).toBe(200);
    expect(parseAnswer(await slow)).toMatchObject({
      status: 408,
      body: { code: 'body_incomplete' },
    });
    expect((await signals()).map((each) => each.verdict).sort()).toEqual(['queued', 'refused']);
    expect(await orders()).toHaveLength(1);
  });

  it('of a sender that hangs up', async () => {
    const { socket } = await callRaw(ingress.url, head(['Host: x', 'Content-Length: 500']), buy);
    socket.destroy();
    await expect.poll(signals).toMatchObject([{ code: 'body_incomplete' }]);
  });

  it('what comes after a body that is too large is still read right', async () => {
    const large = 'x'.repeat(200_000);
    const first = head(['Host: x', `Content-Length: ${large.length}`]) + large;
    const { answer } = await callRaw(
      ingress.url,
      first,
      head(['Host: x', 'Content-Length: 32', close]),
      buy,
    );
    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });
});
