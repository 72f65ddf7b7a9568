import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@orderlane/runtime/create-http-server';
import { createHealthApp } from '@orderlane/runtime/health-app';
import { httpLimits } from '@orderlane/runtime/http-limits';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { callRaw, dripRaw, parseAnswer } from '../support/raw-call.ts';

const limits = { ...httpLimits, requestWithinMs: 1_000, lookEveryMs: 100, keepAliveMs: 300 };
const ofAll = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

let server: Server;
let url: string;

beforeAll(async () => {
  const app = new Hono();
  app.route('/', createHealthApp({ service: 'executor', checks: {} }));
  app.post('/read', async (context) => context.json({ length: (await context.req.text()).length }));
  app.get('/endless', (context) => context.body(endless()));
  app.get('/fault', () => Promise.reject(new Error('a fault')));
  app.onError((_error, context) => context.json({}, 500));
  server = createHttpServer(app, { ...limits, idleSocketMs: 2_000 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** More than any buffer takes. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(64 * 1024)) });
}

const head = (first: string, ...lines: string[]) =>
  [first, 'Host: x', ...lines, '', ''].join('\r\n');
const headers = (count: number) => Array.from({ length: count }, (_, at) => `X-${at}: 1`);

const readsNormally = async () => {
  const response = await fetch(`${url}/read`, { method: 'POST', body: 'abc' });
  expect(await response.json()).toEqual({ length: 3 });
};

describe('who takes too long is answered 408 and cut off, and others are served meanwhile', () => {
  it.each<[string, string, string]>([
    ['headers that drip', 'GET /healthz HTTP/1.1\r\n', 'X: y\r\n'],
    ['a body that drips', head('POST /read HTTP/1.1', 'Content-Length: 100000'), 'a'],
    ['chunks that drip', head('POST /read HTTP/1.1', 'Transfer-Encoding: chunked'), '1\r\na\r\n'],
  ])('%s', async (_name, first, bytes) => {
    const dripped = dripRaw(url, first, bytes);
    await readsNormally();
    expect(parseAnswer(await dripped)).toMatchObject({
      status: 408,
      body: { status: 'error', code: 'unreadable_request' },
    });
  });

  it('a connection that says nothing', async () => {
    const call = await callRaw(url);
    expect(parseAnswer(await call.answer)).toMatchObject({ status: 408 });
  });

  it('an answer that nobody takes', async () => {
    const { socket, answer } = await callRaw(url, head('GET /endless HTTP/1.1'));
    socket.pause();
    await expect.poll(connections).toBe(1);
    await readsNormally();
    await expect.poll(connections).toBe(0);
    socket.destroy();
    await answer;
  });

  it('a connection kept for a next request that does not come', async () => {
    const { answer } = await callRaw(url, head('GET /healthz HTTP/1.1'));
    expect(parseAnswer(await answer)).toMatchObject({ status: 200 });
  });
});

async function connections(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.getConnections((_error, count) => resolve(count));
  return await promise;
}

describe('headers are bounded', () => {
  it.each<[string, string]>([
    ['too large', `X: ${'x'.repeat(17 * 1024)}`],
    ['too many', headers(limits.maxHeaders).join('\r\n')],
  ])('%s are 431', async (_name, lines) => {
    const call = await callRaw(url, head('GET /healthz HTTP/1.1', lines));
    expect(parseAnswer(await call.answer)).toMatchObject({
      status: 431,
      body: { code: 'unreadable_request' },
    });
  });

  it('as many as may be are taken', async () => {
    const last = [...headers(limits.maxHeaders - 2), 'Connection: close'];
    const call = await callRaw(url, head('GET /healthz HTTP/1.1', ...last));
    expect(parseAnswer(await call.answer)).toMatchObject({ status: 200 });
  });
});

test('more connections than there may be are closed at once', async () => {
  await expect.poll(connections).toBe(0);
  server.maxConnections = 1;
  const first = await callRaw(url);
  const second = await callRaw(url);
  expect(await second.answer).toBe('');
  server.maxConnections = limits.maxConnections;
  first.socket.destroy();
});

test.each(['/healthz', '/readyz', '/metrics', '/nowhere', '/fault'])(
  '%s is no page, is not kept, and may not be framed',
  async (path) => {
    const response = await fetch(url + path);
    expect(Object.fromEntries(response.headers)).toMatchObject(ofAll);
  },
);

test('no other file of ours makes a server', () => {
  const sources = globSync('{libs,services}/*/src/**/*.ts').filter((path) => {
    return /createServer|createAdaptorServer/.test(readFileSync(path, 'utf8'));
  });
  expect(sources).toEqual(['libs/runtime/src/create-http-server.ts']);
});
