import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { interpretReply } from './reply.ts';

const schema = z.object({ data: z.object({ broker: z.string() }) });

function interpret(httpStatus: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return interpretReply(schema, { kind: 'answered', httpStatus, body: text });
}

const data = { broker: 'zerodha' };

test('a success carries its value and its mode', () => {
  expect(interpret(200, { status: 'success', data })).toEqual({
    kind: 'success',
    value: { data },
    mode: 'live',
  });
  expect(interpret(200, { status: 'success', data, mode: 'analyze' })).toMatchObject({
    mode: 'analyze',
  });
});

const invalidKey = { status: 'error', message: 'Invalid openalgo apikey' };

test.each([
  ['a dead session', interpret(403, invalidKey), 'session_dead'],
  ['a banned address', interpret(403, 'Access Denied: Your IP has been banned'), 'session_dead'],
  ["the broker's 403", interpret(403, { status: 'error', message: 'no permission' }), 'refused'],
  ["OpenAlgo's limiter", interpret(429, { message: '50 per 1 second' }), 'rate_limited'],
  ["a broker's fault", interpret(500, { status: 'error', message: 'Error fetching' }), 'refused'],
  [
    'a schema failure',
    interpret(400, { status: 'error', message: { apikey: ['Missing'] } }),
    'refused',
  ],
  ['no such symbol', interpret(404, { status: 'error', message: 'Symbol X not found' }), 'refused'],
  ['an error by 200', interpret(200, { status: 'error', message: 'oops' }), 'unreadable'],
  ['success by 500', interpret(500, { status: 'success', data }), 'unreadable'],
  ['success by 201', interpret(201, { status: 'success', data }), 'unreadable'],
  ['a redirect', interpret(302, ''), 'unreadable'],
  ['a page', interpret(200, '<html>'), 'unreadable'],
  ['truncated JSON', interpret(200, '{"status":"success","data":{'), 'unreadable'],
  ['another shape', interpret(200, { status: 'success', data: [] }), 'unreadable'],
  ['a list', interpret(200, []), 'unreadable'],
])('%s', (_name, reply, cause) => {
  expect(reply).toMatchObject({ kind: 'failure', cause });
});

test('a call that failed', () => {
  const reply = interpretReply(schema, { kind: 'failed', stage: 'after_write', reason: 'reset' });
  expect(reply).toEqual({
    kind: 'failure',
    cause: 'unreachable',
    httpStatus: null,
    reason: 'reset',
  });
});

test('no answer makes it throw', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.json(), (httpStatus, body) => {
      expect(['success', 'failure']).toContain(interpret(httpStatus, body).kind);
    }),
  );
});
