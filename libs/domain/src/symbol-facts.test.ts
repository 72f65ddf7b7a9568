import { expect, it } from 'vitest';
import { hasFuture, soundFacts } from './symbol-facts.ts';

const none = { lotSize: null, freezeQuantity: null, tickSize: null };
const nifty = { lotSize: 65, freezeQuantity: 1800, tickSize: 0.05 };

it.each([
  [{}, {}],
  [{ freezeQuantity: 1 }, { freezeQuantity: null }], // OpenAlgo's word for "not known"
  [{ freezeQuantity: 0 }, { freezeQuantity: null }],
  [{ freezeQuantity: -1800 }, { freezeQuantity: null }],
  [{ freezeQuantity: 64 }, { freezeQuantity: null }],
  [{ freezeQuantity: 65 }, { freezeQuantity: 65 }],
  [{ freezeQuantity: 3e9 }, { freezeQuantity: null }],
  [{ lotSize: null }, { lotSize: null }],
  [{ lotSize: 0 }, { lotSize: null }],
  [{ lotSize: -65 }, { lotSize: null }],
  [{ lotSize: 6.5 }, { lotSize: null }],
  [{ tickSize: 0 }, { tickSize: null }],
  [{ tickSize: -0.05 }, { tickSize: null }],
  [{ tickSize: Number.POSITIVE_INFINITY }, { tickSize: null }],
])('what cannot be right is not known: %j', (changes, expected) => {
  expect(soundFacts({ ...nifty, ...changes })).toEqual({ ...nifty, ...expected });
});

it('nothing is known of what says nothing', () => {
  expect(soundFacts(none)).toEqual(none);
});

it('finds the future of a stock, and takes no other name for it', () => {
  const found = ['RELIANCE24FEB261400CE', 'RELIANCEX24FEB26FUT', 'RELIANCE24FEB26FUT'];
  expect(hasFuture(found, 'RELIANCE')).toBe(true);
  expect(hasFuture(found.slice(0, 2), 'RELIANCE')).toBe(false);
  expect(hasFuture(['M&M24FEB26FUT'], 'M&M')).toBe(true);
  expect(hasFuture(['M&M24FEB26FUT'], 'M')).toBe(false);
  expect(hasFuture([], 'RELIANCE')).toBe(false);
});
