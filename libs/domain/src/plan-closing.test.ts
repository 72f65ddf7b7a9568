import { describe, expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import type { Product } from './instrument.ts';
import { planClosing } from './plan-closing.ts';
import type { PositionScope } from './strategy.ts';

const asked = { cause: 'flatten', priority: 2, expiresInMs: 60_000, notBeforeMs: null } as const;

function plan(
  positionScope: PositionScope,
  held: [own: number, coming: number],
  product: Product = 'MIS',
) {
  const [own, coming] = held;
  const instrument = { exchange: 'NSE', symbol: 'SBIN', product } as const;
  const there = { accountId: brandIds.account(1), instrument, held: { own, coming, entries: 1 } };
  const found = planClosing({ positionScope }, there, asked);
  return found && `${found.lane} ${found.action} ${found.quantity}`;
}

describe('the exit of all that is held', () => {
  it.each([
    ['strategy', [10, 0], 'regular SELL 10'],
    ['strategy', [-10, 0], 'regular BUY 10'],
    ['strategy', [10, 5], 'regular SELL 10'],
    ['strategy', [10, -4], 'regular SELL 6'],
    ['strategy', [0, 10], 'regular SELL 0'],
    ['strategy', [0, -10], 'regular BUY 0'],
    ['strategy', [0, 0], undefined],
    ['account', [10, 0], 'smart SELL 0'],
    ['account', [-10, 0], 'smart BUY 0'],
    ['account', [0, 10], 'smart SELL 0'],
    ['account', [0, 0], undefined],
  ] as const)('scope %s holding %j: %s', (...[scope, held, expected]) => {
    expect(plan(scope, [...held])).toBe(expected);
  });

  it('is a regular order for CNC, whatever the scope: smart orders do not see holdings', () => {
    expect(plan('account', [5, 0], 'CNC')).toBe('regular SELL 5');
  });
});
