import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitByFreeze } from './split-by-freeze.ts';

it.each([
  [1800, 1800, null, [1800]],
  [1801, 1800, null, [1800, 1]],
  [5400, 1800, null, [1800, 1800, 1800]],
  [4000, 1800, 65, [1755, 1755, 490]],
  [3575, 1800, 65, [1755, 1755, 65]],
  [900, 1800, 65, [900]],
  [5000, null, 65, [5000]],
  [5000, 1, 65, [5000]], // OpenAlgo's word for "not known"
  [5000, 0, null, [5000]],
  [5000, -1800, null, [5000]],
  [5000, 1800.5, null, [5000]],
  [5000, Number.NaN, null, [5000]],
  [5000, 50, 65, [5000]], // below one lot: it cannot be right
  [5000, 1800, 0, [1800, 1800, 1400]],
  [5000, 1800, -65, [1800, 1800, 1400]],
  [0, 1800, null, []],
  [-5, 1800, null, []],
  [Number.NaN, 1800, null, []],
])('%d with a freeze quantity of %j and lots of %j: %j', (...[quantity, freeze, lot, parts]) => {
  expect(splitByFreeze(quantity, freeze, lot)).toEqual(parts);
});

it('orders all of it, no part above the freeze quantity and none that breaks a lot', () => {
  const lots = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(lots, lots, fc.integer({ min: 1, max: 200 }), (lots1, freezeLots, lot) => {
      const [quantity, freeze] = [lots1 * lot, freezeLots * lot + (lot - 1)];
      fc.pre(freeze >= 2);
      const parts = splitByFreeze(quantity, freeze, lot);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(quantity);
      for (const part of parts) {
        expect(part).toBeGreaterThan(0);
        expect(part).toBeLessThanOrEqual(freeze);
        expect(part % lot).toBe(0);
      }
    }),
  );
});
