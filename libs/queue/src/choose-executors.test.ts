import { brandIds } from '@orderlane/domain/ids';
import { expect, it } from 'vitest';
import { chooseExecutors } from './choose-executors.ts';

const accounts = Array.from({ length: 1000 }, (_, index) => brandIds.account(index + 1));
const four = ['a', 'b', 'c', 'd'];

it('one executor serves every account, several serve each by two', () => {
  expect(accounts.every((id) => chooseExecutors(id, ['a']).join() === 'a')).toBe(true);
  expect(accounts.every((id) => new Set(chooseExecutors(id, four)).size === 2)).toBe(true);
  expect(accounts.every((id) => chooseExecutors(id, []).length === 0)).toBe(true);
});

it('in whatever order the executors are named, and each has about its share', () => {
  const chosen = accounts.map((id) => chooseExecutors(id, four));
  expect(accounts.map((id) => chooseExecutors(id, four.toReversed()))).toEqual(chosen);
  for (const executor of four) {
    const served = chosen.filter((pair) => pair.includes(executor)).length;
    expect(served).toBeGreaterThan(400);
    expect(served).toBeLessThan(600);
  }
});

it('when one is gone, the other of its pairs stays, and no other pair changes', () => {
  for (const id of accounts) {
    const before = chooseExecutors(id, four);
    const after = chooseExecutors(id, ['a', 'b', 'c']);
    if (before.includes('d')) {
      expect(after).toEqual(expect.arrayContaining(before.filter((each) => each !== 'd')));
    } else {
      expect(after).toEqual(before);
    }
  }
});
