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

const moments = fc.record({
  now: fc
    .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
    .map((time) => at('00:00').with(time)),
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

it('no exit grows a position or turns it around, whatever the strategy, signal and position', () => {
  const scenario = fc.record({ strategy: strategies, body: bodies, moment: moments });
  const position = fc.record({ own: size, coming: size, filled: fc.nat({ max: 100 }), net: size });
  const seen = { regular: 0, smart: 0 };
  fc.assert(
    fc.property(scenario, position, ({ strategy, body, moment }, { own, coming, filled, net }) => {
      const [{ exchange, product }] = strategy.mappings as [(typeof strategy.mappings)[number]];
      const held = new Map([[`${exchange}:SBIN:${product}`, { own, coming, entries: 1 }]]);
      const { plans, refusals } = play(body, { strategy, held, ...moment });
      expect(plans.length + refusals.length).toBe(1);
      for (const plan of plans.filter(({ role }) => role === 'exit')) {
        seen[plan.lane] += 1;
        // A smart order moves the account's position, whatever that is; a regular one the
        // strategy's own, of which any part of what was coming may have filled meanwhile.
        const now = own + Math.trunc((coming * filled) / 100);
        if (plan.lane === 'smart') expectSmaller(net, smartResult(plan, net));
        else expectSmaller(now, regularResult(plan, now));
      }
    }),
    { numRuns: 5000 },
  );
  expect(seen.regular).toBeGreaterThan(100);
  expect(seen.smart).toBeGreaterThan(100);
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
