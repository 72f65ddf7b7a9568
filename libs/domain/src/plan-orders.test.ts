import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import { orderPayload } from './order-payload.ts';
import { placesOf } from './plan-orders.ts';
import { at, makeMapping, makeStrategy, play, signalOf } from './testing/make.ts';
import { verdictOf } from './verdict.ts';

const smartExit = {
  quantity: '0',
  position_size: '0',
  price: '0',
  trigger_price: '0',
  disclosed_quantity: '0',
};

/** What reaches OpenAlgo of a body, and on which lane. */
function sent(...args: Parameters<typeof play>) {
  return play(...args).plans.map((plan) => {
    const {
      symbol: _s,
      exchange: _e,
      product: _p,
      strategy: _n,
      pricetype: _t,
      ...rest
    } = orderPayload({ ...plan, strategyName: 'demo' });
    return { lane: plan.lane, ...rest };
  });
}

function refusal(...args: Parameters<typeof play>) {
  const verdict = verdictOf(play(...args));
  return verdict.status === 'error' ? [verdict.httpStatus, verdict.error] : verdict.message;
}

describe('a strategy that holds nothing, scope account', () => {
  it.each([
    ['LONG', { action: 'BUY' }, { lane: 'regular', action: 'BUY', quantity: '10' }],
    [
      'LONG',
      { action: 'BUY', position_size: 7 },
      { lane: 'regular', action: 'BUY', quantity: '7' },
    ],
    ['LONG', { action: ' sell ' }, { lane: 'smart', action: 'SELL', ...smartExit }],
    ['SHORT', { action: 'SELL' }, { lane: 'regular', action: 'SELL', quantity: '10' }],
    ['SHORT', { action: 'short' }, { lane: 'regular', action: 'SELL', quantity: '10' }],
    ['SHORT', { action: 'COVER' }, { lane: 'smart', action: 'BUY', ...smartExit }],
    [
      'SHORT',
      { action: 'SELL', position_size: '-7.0' },
      { lane: 'regular', action: 'SELL', quantity: '7' },
    ],
    ['SHORT', { action: 'BUY', position_size: -7 }, { lane: 'smart', action: 'BUY', ...smartExit }],
    [
      'BOTH',
      { action: 'SELL', position_size: '-30' },
      { lane: 'smart', action: 'SELL', ...smartExit, quantity: '10', position_size: '-30' },
    ],
    ['BOTH', { action: 'BUY', position_size: 0 }, { lane: 'smart', action: 'BUY', ...smartExit }],
  ] as const)('%s takes %j', (tradingMode, body, order) => {
    expect(sent({ symbol: 'SBIN', ...body }, { strategy: { tradingMode } })).toEqual([order]);
  });

  it.each([
    ['LONG', { symbol: 'SBIN' }, 'Missing required fields: action'],
    ['LONG', { action: 'BUY' }, 'Missing required fields: symbol'],
    ['BOTH', { x: 1 }, 'Missing required fields: symbol, action, position_size'],
    ['LONG', { symbol: 'SBIN', action: 'COVER' }, /^Invalid action for LONG mode\. Use BUY/],
    ['SHORT', { symbol: 'SBIN', action: 'HOLD' }, /^Invalid action for SHORT mode\. Use SELL/],
    [
      'BOTH',
      { symbol: 'SBIN', action: 'HOLD', position_size: 1 },
      'Invalid action. Use BUY or SELL',
    ],
    ['LONG', { symbol: 'xyz', action: 'BUY' }, 'No mapping found for symbol xyz'],
    ['LONG', { symbol: null, action: 'BUY' }, 'No mapping found for symbol null'],
    ['LONG', { symbol: '', action: 'BUY' }, 'No mapping found for symbol '],
    ['LONG', { symbol: 'SBIN', action: '' }, /^Invalid action for LONG mode/],
    ['LONG', { symbol: 'SBIN', action: null }, 'Missing required fields: action'],
  ] as const)('%s refuses %j', (tradingMode, body, text) => {
    const [status, error] = refusal(body, { strategy: { tradingMode } });
    expect(status).toBe(400);
    expect(error).toMatch(text);
  });

  it('answers 401 when its owner has no account, after the mapping was looked up', () => {
    const strategy = { accountId: null };
    expect(refusal({ symbol: 'SBIN', action: 'BUY' }, { strategy })).toEqual([
      401,
      'No API key found',
    ]);
    expect(refusal({ symbol: 'TCS', action: 'BUY' }, { strategy })).toEqual([
      400,
      'No mapping found for symbol TCS',
    ]);
  });

  it.each([0, -5])('LONG does not follow to the other side: %d', (positionSize) => {
    const decision = play({ symbol: 'SBIN', action: 'BUY', position_size: positionSize });
    expect(decision.plans).toEqual([]);
    expect(decision.refusals.map((found) => found.code)).toEqual(['follows_other_side']);
    expect(verdictOf(decision).httpStatus).toBe(200);
  });

  it('has nothing to reduce in BOTH', () => {
    const decision = play(
      { symbol: 'SBIN', action: 'SELL', position_size: 5 },
      { strategy: { tradingMode: 'BOTH' } },
    );
    expect(decision.refusals.map((found) => found.code)).toEqual(['nothing_to_exit']);
  });
});

describe('the order of checks', () => {
  it('looks at the window before anything else, an unknown action being an entry', () => {
    const now = at('09:00');
    expect(refusal({ symbol: 'TCS', action: 'HOLD' }, { now })).toEqual([
      400,
      'Entry orders not allowed before start time',
    ]);
    expect(refusal({ action: 'SELL' }, { now })).toEqual([
      400,
      'Exit orders not allowed before start time',
    ]);
  });

  it('takes a BOTH signal without a position size as an exit for the window', () => {
    const body = { symbol: 'SBIN', action: 'BUY' };
    const strategy = { tradingMode: 'BOTH' } as const;
    expect(refusal(body, { strategy, now: at('15:16') })).toEqual([
      400,
      'Exit orders not allowed after square off time',
    ]);
    expect(refusal(body, { strategy, now: at('15:10') })).toEqual([
      400,
      'Missing required fields: position_size',
    ]);
  });
});

it('lists each place of a signal once', () => {
  const mappings = [makeMapping(), makeMapping({ signalSymbol: 'STATE BANK' })];
  const strategy = makeStrategy({ mappings, accountId: brandIds.account(1) });
  const signal = signalOf({ stocks: 'SBIN,State Bank,TCS', scan_name: 'BUY' });
  const place = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS', accountId: strategy.accountId };
  expect(placesOf(strategy, signal)).toEqual([place]);
});
