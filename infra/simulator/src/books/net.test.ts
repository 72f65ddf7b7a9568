import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netFill, type Position } from './net.ts';

function position(quantity: number, averagePrice: number, margin = 0): Position {
  const instrument = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };
  return { ...instrument, quantity, averagePrice, margin, realized: 0, lastPrice: averagePrice };
}

test('averages the price of what is added', () => {
  const held = position(5, 100);
  netFill(held, { quantity: 15, price: 200, margin: 0 });
  expect(held).toMatchObject({ quantity: 20, averagePrice: 175, realized: 0 });
});

test('realizes the profit of what is closed, and keeps the price of the rest', () => {
  const held = position(-10, 100, 1000);
  const outcome = netFill(held, { quantity: 4, price: 90, margin: 0 });
  expect(held).toMatchObject({ quantity: -6, averagePrice: 100, realized: 40, margin: 600 });
  expect(outcome).toEqual({ realized: 40, released: 400 });
});

test('starts anew at the price that crossed zero', () => {
  const held = position(5, 100, 500);
  netFill(held, { quantity: -8, price: 110, margin: 330 });
  expect(held.quantity).toBe(-3);
  expect(held.averagePrice).toBe(110);
  expect(held.realized).toBe(50);
  expect(held.margin).toBeCloseTo((330 * 3) / 8);
});

test('after any fills the quantity is their sum, and a flat position has no price', () => {
  const fills = fc.array(
    fc.integer({ min: -50, max: 50 }).filter((quantity) => quantity !== 0),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fills, (quantities) => {
      const held = position(0, 0);
      for (const quantity of quantities) netFill(held, { quantity, price: 100, margin: 1 });
      expect(held.quantity).toBe(quantities.reduce((sum, quantity) => sum + quantity, 0));
      expect(held.averagePrice === 0).toBe(held.quantity === 0);
    }),
  );
});
