import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brakeKinds } from './brakes.ts';
import { exchanges, products } from './instrument.ts';
import type { OrderPlan } from './order-plan.ts';
import { chartinkActions, platforms, positionScopes, tradingModes } from './strategy.ts';
import { at, makeMapping, play } from './testing/make.ts';

const size = fc.integer({ min: -60, max: 60 });
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

const strategies = fc.record({
  platform: fc.constantFrom(...platforms),
  tradingMode: fc.constantFrom(...tradingModes),
  isIntraday: fc.boolean(),
  positionScope: fc.constantFrom(...positionScopes),
  chartinkAction: orNull(fc.constantFrom(...chartinkActions)),
  maxQuantity: orNull(fc.integer({ min: 1, max: 100 })),
  maxEntries: orNull(fc.integer({ min: 1, max: 3 })),
  mappings: fc
    .record({
      exchange: fc.constantFrom(...exchanges),
      product: fc.constantFrom(...products),
      quantity: orNull(fc.integer({ min: 1, max: 30 })),
    })
    .map((mapping) => [makeMapping(mapping)]),
});

const bodies = fc.oneof(
  fc.record({
    symbol: fc.constant('SBIN'),
    action: fc.constantFrom('BUY', 'SELL', 'SHORT', 'COVER'),
    position_size: optional(size),
    quantity: optional(fc.integer({ min: 1, max: 30 })),
  }),
  fc.record({
    stocks: fc.constant('SBIN'),
    scan_name: fc.constantFrom('BUY', 'SELL', 'SHORT', 'COVER', 'buy to cover'),
  }),
);

/** A day of trading, a holiday, a weekend, a special session, a year that nobody knows. */
const dates = ['2026-02-10', '2026-01-26', '2026-02-07', '2026-02-01', '2031-02-10'];

const moments = fc.record({
  now: fc
    .record({
      date: fc.constantFrom(...dates),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    })
    .map(({ date, ...time }) => at('00:00', date).with(time)),
  entriesToday: fc.constantFrom(0, 199, 200),
  squareOffBegan: fc.boolean(),
  brakes: fc.subarray([...brakeKinds]),
});

/** OpenAlgo's smart order: the difference to the target; quantity and action only from 0 to 0. */
function smartResult(plan: OrderPlan, position: number): number {
  if (plan.targetPosition !== 0 || position !== 0) return plan.targetPosition ?? 0;
  return plan.action === 'BUY' ? plan.quantity : -plan.quantity;
}

function regularResult(plan: OrderPlan, position: number): number {
  return position + (plan.action === 'BUY' ? plan.quantity : -plan.quantity);
}

function expectSmaller(before: number, after: number) {
  expect(Math.abs(after)).toBeLessThanOrEqual(Math.abs(before));
  expect(after * before).toBeGreaterThanOrEqual(0);
}

const scenarios = fc.record({ strategy: strategies, body: bodies, moment: moments });
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** What a scenario leads to while SBIN is held so. */
function decide({ strategy, body, moment }: Scenario, own: number, coming: number) {
  const [mapping] = strategy.mappings;
  const held = new Map([
    [`${mapping?.exchange}:SBIN:${mapping?.product}`, { own, coming, entries: 1 }],
  ]);
  return play(body, { strategy, held, ...moment });
}

/** Every position between the one that is held and the one that is expected. */
const positions = fc.record({ own: size, coming: size }).chain(({ own, coming }) =>
  fc.record({
    own: fc.constant(own),
    coming: fc.constant(coming),
    filled: fc.integer({ min: Math.min(0, coming), max: Math.max(0, coming) }),
    net: size,
  }),
);

it('no exit grows a position or turns it around, whatever the strategy, signal and position', () => {
  const seen = { regular: 0, smart: 0 };
  fc.assert(
    fc.property(scenarios, positions, (scenario, { own, coming, filled, net }) => {
      const { plans, refusals } = decide(scenario, own, coming);
      expect(plans.length + refusals.length).toBe(1);
      for (const plan of plans.filter(({ role }) => role === 'exit')) {
        seen[plan.lane] += 1;
        // A smart order moves the account's position, whatever that is; a regular one the
        // strategy's own, of which any part of what was coming may have filled meanwhile.
        const now = own + filled;
        if (plan.lane === 'smart') expectSmaller(net, smartResult(plan, net));
        else expectSmaller(now, regularResult(plan, now));
      }
    }),
    { numRuns: 10_000 },
  );
  expect(seen.regular).toBeGreaterThan(200);
  expect(seen.smart).toBeGreaterThan(200);
});

/** The claim computes the quantity again: it has to know where to, and never past zero. */
function expectGoodTarget(plan: OrderPlan, own: number, coming: number) {
  expect(plan.quantity).toBeLessThanOrEqual(Math.abs(own));
  const target = plan.ownTarget ?? Number.NaN;
  const side = plan.action === 'SELL' ? 1 : -1;
  expect(target * side).toBeGreaterThanOrEqual(0);
  expect(target * side).toBeLessThan(Math.max(own * side, (own + coming) * side));
  if (coming === 0) expect(regularResult(plan, own)).toBe(target);
}

it('a regular exit takes no more than is held, and says what it leaves', () => {
  fc.assert(
    fc.property(scenarios, positions, (scenario, { own, coming }) => {
      decide(scenario, own, coming)
        .plans.filter(({ role, lane }) => role === 'exit' && lane === 'regular')
        .forEach((plan) => void expectGoodTarget(plan, own, coming));
    }),
    { numRuns: 5000 },
  );
});

it('the same signal again, before anything has filled, changes nothing of where that leads', () => {
  let repeated = 0;
  fc.assert(
    fc.property(scenarios, size, (scenario, own) => {
      const [first] = decide(scenario, own, 0).plans;
      if (first === undefined || first.ownTarget === null) return;
      repeated += 1;
      const { plans } = decide(scenario, own, regularResult(first, 0));
      expect(plans).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  expect(repeated).toBeGreaterThan(500);
});

it('a regular entry orders something, an entry never goes against its action', () => {
  fc.assert(
    fc.property(strategies, bodies, size, (strategy, body, own) => {
      const [{ exchange, product }] = strategy.mappings as [(typeof strategy.mappings)[number]];
      const held = new Map([[`${exchange}:SBIN:${product}`, { own, coming: 0, entries: 1 }]]);
      const { plans } = play(body, { strategy, held });
      for (const plan of plans.filter(({ role }) => role === 'entry')) {
        expect(plan.quantity).toBeGreaterThan(0);
        const target = plan.targetPosition ?? plan.ownTarget;
        if (target !== null) expect(plan.action).toBe(target > 0 ? 'BUY' : 'SELL');
      }
    }),
    { numRuns: 2000 },
  );
});
