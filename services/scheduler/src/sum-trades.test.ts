import { expect, it } from 'vitest';
import { sumTrades } from './sum-trades.ts';

const trade = (quantity: number, averagePrice: number | null, tradeId: string | null = null) => ({
  brokerOrderId: 'B1',
  tradeId,
  quantity,
  averagePrice,
});

it('adds the trades of an order up and weighs the price by their quantities', () => {
  const sums = sumTrades([
    trade(30, 100),
    trade(10, 104),
    { ...trade(5, 90), brokerOrderId: 'B2' },
  ]);
  expect(sums).toEqual(
    new Map([
      ['B1', { quantity: 40, averagePrice: 101 }],
      ['B2', { quantity: 5, averagePrice: 90 }],
    ]),
  );
});

it('counts a numbered trade once, and equal trades without a number each', () => {
  expect(sumTrades([trade(5, 100, 'T1'), trade(5, 100, 'T1')]).get('B1')?.quantity).toBe(5);
  expect(sumTrades([trade(5, 100), trade(5, 100)]).get('B1')?.quantity).toBe(10);
});

it('says no price where one of the trades has none', () => {
  expect(sumTrades([trade(5, 100), trade(5, null)]).get('B1')).toEqual({
    quantity: 10,
    averagePrice: null,
  });
});
