import { brandIds } from '@orderlane/domain/ids';
import { expect, it } from 'vitest';
import { createStrategyQueues, type Queued } from './strategy-queues.ts';

interface Named extends Queued {
  name: string;
}

const [one, other] = [brandIds.strategy(1), brandIds.strategy(2)];

function filled(...items: [name: string, strategyId: typeof one, ...keys: string[]][]) {
  const queues = createStrategyQueues<Named>();
  for (const [name, strategyId, ...keys] of items) queues.add({ name, strategyId, keys });
  return { ...queues, names: (most: number) => queues.take(most).map(({ name }) => name) };
}

it('nothing waits, nothing goes', () => {
  expect(filled().names(10)).toEqual([]);
});

it('of a key one goes at a time, and what names it as well waits behind', () => {
  const queues = filled(['a', one, 'A'], ['a2', one, 'A', 'B'], ['b', one, 'B'], ['c', one, 'C']);
  const taken: string[][] = [];
  for (let turn = 0; turn < 4; turn++) {
    taken.push(queues.names(10));
    queues.release([one]);
  }
  expect(taken).toEqual([['a', 'c'], ['a2'], ['b'], []]);
});

it('a strategy whose signals are under way waits for them, another one does not', () => {
  const queues = filled(['a', one, 'A']);
  expect(queues.names(10)).toEqual(['a']);
  queues.add({ name: 'b', strategyId: one, keys: ['B'] });
  queues.add({ name: 'c', strategyId: other, keys: ['C'] });
  expect(queues.names(10)).toEqual(['c']);
  queues.release([one]);
  expect(queues.names(10)).toEqual(['b']);
});

it('no more go than there is room, and who had no turn is first in the next', () => {
  const queues = filled(['a', one, 'A'], ['b', one, 'B'], ['c', one, 'C'], ['d', other, 'D']);
  expect(queues.names(2)).toEqual(['a', 'b']);
  queues.release([one]);
  expect(queues.names(2)).toEqual(['d', 'c']);
});

it('one that is larger than the room goes alone', () => {
  const queues = filled(['all', one, 'A', 'B', 'C'], ['d', one, 'D'], ['e', other, 'E']);
  expect(queues.names(2)).toEqual(['all']);
});
