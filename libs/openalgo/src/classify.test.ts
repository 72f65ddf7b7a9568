import type { Lane } from '@orderlane/domain/lane';
import type { Outcome } from '@orderlane/domain/outcome';
import { expect, test } from 'vitest';
import { classify } from './classify.ts';

type Body = Record<string, unknown> | unknown[] | string;

function on(lane: Lane, httpStatus: number, body: Body): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return classify(lane, { kind: 'answered', httpStatus, body: text });
}

const regular = (httpStatus: number, body: Body) => on('regular', httpStatus, body);
const smart = (httpStatus: number, body: Body) => on('smart', httpStatus, body);
const error = (message: unknown, rest = {}) => ({ status: 'error', message, ...rest });
const success = (rest: Record<string, unknown>) => ({ status: 'success', ...rest });
const accepted = (brokerOrderId: string, mode = 'live') => ({
  kind: 'accepted',
  brokerOrderId,
  mode,
});
const rejected = (reason: string, mode = 'live', brokerOrderId: string | null = null) => ({
  kind: 'rejected',
  brokerOrderId,
  reason,
  mode,
});
const noAction = (reason: string, mode = 'live') => ({ kind: 'no_action', reason, mode });
const approval = (id: string | null) => ({ kind: 'awaiting_approval', pendingOrderId: id });
const notSent = (cause: string, reason: string) => ({ kind: 'not_sent', cause, reason });
const indeterminate = { kind: 'indeterminate' };

const noPosition = 'No OpenPosition Found. Not placing Exit order.';
const matched = 'Positions Already Matched. No Action needed.';
const analyze = { mode: 'analyze' };
const deadSession = 'Invalid openalgo apikey';
const banned = 'Access Denied: Your IP has been banned';
const longId = '{"status":"success","orderid":1234567890123456789}';
const queued = success({ message: 'Order queued', mode: 'semi_auto', pending_order_id: 17 });

const cases: [string, Outcome, object][] = [
  ['live success', regular(200, success({ orderid: 'Z0001' })), accepted('Z0001')],
  ['a numeric order id', smart(200, success({ orderid: 24091100 })), accepted('24091100')],
  ['an id beyond a double', regular(200, longId), accepted('1234567890123456789')],
  ['mode live said', regular(200, success({ orderid: 'A', mode: 'live' })), accepted('A')],
  ['analyzer', regular(200, success({ orderid: 'A', ...analyze })), accepted('A', 'analyze')],
  ['success by 201', regular(201, success({ orderid: 'A1' })), accepted('A1')],
  ['a null order id', regular(200, success({ orderid: null })), indeterminate],
  ['no order id', regular(200, success({})), indeterminate],
  ['a blank order id', regular(200, success({ orderid: ' ' })), indeterminate],
  ['order id 0', regular(200, success({ orderid: 0 })), indeterminate],
  ['order id None', regular(200, success({ orderid: 'None' })), indeterminate],
  ['order id true', regular(200, success({ orderid: true })), indeterminate],
  ['a list of order ids', regular(200, success({ orderid: ['A'] })), indeterminate],
  ['schema failure', regular(400, error("{'quantity': ['x']}")), rejected("{'quantity': ['x']}")],
  ['schema failure, analyzer', smart(400, error('no', analyze)), rejected('no', 'analyze')],
  ['messages as an object', regular(400, error({ a: ['b'] })), rejected('{"a":["b"]}')],
  [
    'a refused order that the analyzer stored',
    regular(400, error('Cannot sell', { ...analyze, orderid: '26112207' })),
    rejected('Cannot sell', 'analyze', '26112207'),
  ],
  ['a live refusal with an id', regular(400, error('no', { orderid: '5' })), indeterminate],
  ['session dead', regular(403, error(deadSession)), notSent('session_dead', deadSession)],
  [
    'unknown key',
    regular(403, error('Invalid API key')),
    notSent('session_dead', 'Invalid API key'),
  ],
  ['a banned address', regular(403, banned), notSent('session_dead', banned)],
  ["the broker's 403", regular(403, error('Not permitted')), rejected('Not permitted')],
  ["a proxy's 403", regular(403, '<html>403</html>'), indeterminate],
  ['semi-auto', smart(200, queued), approval('17')],
  ['semi-auto without id', regular(200, success({ mode: 'semi_auto' })), approval(null)],
  ['semi-auto queue failure', regular(500, error('Failed to queue order')), indeterminate],
  ["the broker's 400", regular(400, error('RMS: margin')), rejected('RMS: margin')],
  ["the broker's 401", smart(401, error('Token is invalid')), rejected('Token is invalid')],
  ["the broker's 422", regular(422, error('bad lot')), rejected('bad lot')],
  ["the broker's 408", regular(408, error('late')), indeterminate],
  ["the broker's 409", regular(409, error('duplicate')), indeterminate],
  ["the broker's 503", regular(503, error('OMS is down')), indeterminate],
  ['a refusal without a text', regular(400, { status: 'error' }), rejected('HTTP 400')],
  ['201 with error', regular(201, error('Failed to place order')), indeterminate],
  ['200 with error', regular(200, error('Failed to place order')), indeterminate],
  ['at the target', smart(200, success({ message: matched })), noAction(matched)],
  ['exit while flat', smart(500, error(noPosition)), noAction(noPosition)],
  [
    'in lower case',
    smart(500, error('no open position found')),
    noAction('no open position found'),
  ],
  [
    'exit while flat, analyzer',
    smart(200, success({ message: noPosition, ...analyze })),
    noAction(noPosition, 'analyze'),
  ],
  [
    'nothing to square off',
    smart(500, error('No position to square off')),
    noAction('No position to square off'),
  ],
  [
    'target size of 0',
    smart(500, error('Position already matches target size of 0')),
    noAction('Position already matches target size of 0'),
  ],
  ['at target', smart(500, error('POSITION ALREADY AT TARGET')), { kind: 'no_action' }],
  ['a generic text for it', smart(500, error('Failed to place smart order')), indeterminate],
  ['that text on placeorder', regular(500, error(noPosition)), indeterminate],
  [
    'that text beside an order id',
    smart(200, success({ message: noPosition, orderid: '9' })),
    accepted('9'),
  ],
  [
    "OpenAlgo's limiter",
    regular(429, { message: '10 per 1 second' }),
    notSent('rate_limited', '10 per 1 second'),
  ],
  ["the broker's limiter", regular(429, error('Too many')), notSent('rate_limited', 'Too many')],
  ['a 429 that is no JSON', regular(429, 'slow down'), indeterminate],
  ['a 429 with an order id', regular(429, { orderid: '7' }), indeterminate],
  ['an adapter exception', regular(500, error('due to internal error')), indeterminate],
  ['an adapter without an answer', regular(500, error('An unexpected error')), indeterminate],
  ['a swallowed exception', smart(500, error('timed out')), indeterminate],
  ["the framework's 500", smart(500, { message: 'Internal Server Error' }), indeterminate],
  ['success by 500', regular(500, success({ orderid: '1' })), indeterminate],
  ['no such broker', regular(404, error('module not found')), rejected('module not found')],
  ['no such path', regular(404, error('Not found', { path: '/x' })), rejected('Not found')],
  ['a 404 page', regular(404, '<!doctype html>'), indeterminate],
  ['a redirect', regular(302, ''), indeterminate],
  ['a redirect with a body', smart(307, success({ orderid: '1' })), indeterminate],
  ['a redirect with a known text', smart(302, success({ message: matched })), indeterminate],
  ['a 4xx without a status', regular(400, { message: 'not understood' }), indeterminate],
  ['an HTML page', regular(200, '<html>Bad gateway</html>'), indeterminate],
  ['truncated JSON', regular(200, '{"status":"success","orde'), indeterminate],
  ['an empty body', regular(200, ''), indeterminate],
  ['a JSON list', regular(200, []), indeterminate],
  ['JSON null', regular(200, 'null'), indeterminate],
];

test.each(cases)('%s', (_name, outcome, expected) => {
  expect(outcome).toMatchObject(expected);
});

test.each([
  ['too_late', notSent('too_late', 'why')],
  ['before_write', notSent('unreachable', 'why')],
  ['after_write', { kind: 'indeterminate', reason: 'why' }],
] as const)('a call that failed: %s', (stage, expected) => {
  expect(classify('regular', { kind: 'failed', stage, reason: 'why' })).toEqual(expected);
});
