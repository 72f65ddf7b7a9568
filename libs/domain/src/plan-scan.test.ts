import { describe, expect, it } from 'vitest';
import type { PlanInput } from './decision.ts';
import type { Strategy } from './strategy.ts';
import { at, makeMapping, play } from './testing/make.ts';
import { verdictOf } from './verdict.ts';

const mappings = [
  makeMapping(),
  makeMapping({ signalSymbol: 'INFY', symbol: 'INFY', product: 'CNC', quantity: 5 }),
  makeMapping({ signalSymbol: 'TCS', symbol: 'TCS', exchange: 'BSE', quantity: 2 }),
];

const chartink: Partial<Strategy> = { platform: 'chartink', tradingMode: null, mappings };

interface Changes extends Partial<Omit<PlanInput, 'strategy' | 'signal'>> {
  strategy?: Partial<Strategy>;
}

function scan(stocks: string, name: string, { strategy, ...rest }: Changes = {}) {
  const body = { stocks, scan_name: name };
  return play(body, { ...rest, strategy: { ...chartink, ...strategy } });
}

function errorOf(decision: ReturnType<typeof scan>) {
  const verdict = verdictOf(decision);
  return verdict.status === 'error' ? [verdict.httpStatus, verdict.error] : verdict.message;
}

it.each([
  ['BUY', ['regular BUY 10', 'regular BUY 2']],
  ['SHORT', ['regular SELL 10', 'regular SELL 2']],
  ['SELL', ['smart SELL 0', 'smart SELL 0']],
  ['COVER', ['smart BUY 0', 'smart BUY 0']],
])('%s becomes an order for each stock, in their order', (name, orders) => {
  const { plans, refusals } = scan('SBIN,TCS', name);
  expect(plans.map((plan) => `${plan.lane} ${plan.action} ${plan.quantity}`)).toEqual(orders);
  expect(refusals).toEqual([]);
});

it('orders what it can and lists what it cannot', () => {
  const decision = scan('SBIN,reliance,INFY,SBIN', 'SHORT');
  expect(decision.plans.map((plan) => plan.signalSymbol)).toEqual(['SBIN']);
  expect(decision.refusals.map(({ code, symbol }) => [code, symbol])).toEqual([
    ['no_mapping', 'reliance'],
    ['product_no_short', 'INFY'],
  ]);
  expect(verdictOf(decision)).toEqual({
    status: 'success',
    httpStatus: 200,
    message: 'Order queued successfully for SBIN',
  });
});

it('orders an instrument once, though two names mean it', () => {
  const decision = scan('SBIN,NSE:SBIN', 'BUY');
  expect(decision.plans).toHaveLength(1);
  expect(decision.refusals).toEqual([]);
});

it('answers 400 when none was queued', () => {
  expect(errorOf(scan('XYZ,ABC', 'BUY'))).toEqual([400, 'No mapping found for symbol XYZ']);
});

describe('the order of checks', () => {
  const early = { now: at('09:00') };

  it('goes from the keyword to the window to the stocks to the account', () => {
    expect(errorOf(scan('', 'Volume', early))[1]).toMatch(/^No valid action keyword/);
    expect(errorOf(scan('', 'BUY', early))).toEqual([400, 'Cannot place orders before start time']);
    expect(errorOf(scan(' , ', 'BUY', { strategy: { mappings: [] } }))).toEqual([
      400,
      'No symbols received',
    ]);
    const nobody = { accountId: null };
    expect(errorOf(scan('X', 'BUY', { strategy: { mappings: [], ...nobody } }))).toEqual([
      400,
      'No symbol mappings configured',
    ]);
    expect(errorOf(scan('X', 'BUY', { strategy: nobody }))).toEqual([401, 'No API key found']);
  });

  it('refuses a call with too many stocks', () => {
    const names = Array.from({ length: 1001 }, (_, index) => `S${index}`).join();
    expect(scan(names, 'BUY').refusals).toMatchObject([{ code: 'too_many_stocks' }]);
  });
});

it('lets the exits of held stocks pass outside the window, and only those', () => {
  const held = new Map([['BSE:TCS:MIS', { own: 2, coming: 0, entries: 1 }]]);
  const decision = scan('SBIN,TCS', 'SELL', { now: at('15:16'), held });
  expect(decision.plans.map((plan) => plan.signalSymbol)).toEqual(['TCS']);
  expect(decision.refusals).toMatchObject([{ code: 'exit_after_squareoff_time', symbol: 'SBIN' }]);
  expect(scan('SBIN,TCS', 'BUY', { now: at('15:16'), held }).plans).toEqual([]);
});

it('has its action from the strategy where that states one, whatever the name', () => {
  const strategy = { chartinkAction: 'SHORT' } as const;
  expect(scan('SBIN', 'BUY or SELL', { strategy }).plans).toMatchObject([
    { action: 'SELL', role: 'entry' },
  ]);
});

it.each([
  ['LONG', 'SHORT'],
  ['LONG', 'COVER'],
  ['SHORT', 'BUY'],
  ['SHORT', 'SELL'],
] as const)('a %s strategy takes no %s scan', (tradingMode, name) => {
  const decision = scan('SBIN', name, { strategy: { tradingMode } });
  expect(decision.refusals).toMatchObject([{ code: 'invalid_action' }]);
});

it('enters a stock once while it holds or awaits it, and answers that nothing is wrong', () => {
  const held = new Map([['NSE:SBIN:MIS', { own: 0, coming: 10, entries: 1 }]]);
  const decision = scan('SBIN', 'BUY', { held });
  expect(decision.refusals).toMatchObject([{ code: 'already_in_position' }]);
  expect(verdictOf(decision)).toMatchObject({ httpStatus: 200, status: 'success' });
  expect(scan('SBIN', 'SHORT', { held }).plans).toHaveLength(1);
  expect(scan('SBIN', 'BUY', { held, strategy: { maxEntries: 2 } }).plans).toHaveLength(1);
});

it("counts the stocks of one call against the day's limit", () => {
  const decision = scan('SBIN,INFY,TCS', 'BUY', { entriesToday: 198 });
  expect(decision.plans.map((plan) => plan.signalSymbol)).toEqual(['SBIN', 'INFY']);
  expect(decision.refusals).toMatchObject([{ code: 'max_orders_per_day', symbol: 'TCS' }]);
  expect(scan('SBIN,INFY,TCS', 'SELL', { entriesToday: 200 }).plans).toHaveLength(3);
});
