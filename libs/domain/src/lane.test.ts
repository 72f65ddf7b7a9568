import { expect, it } from 'vitest';
import { brandIds } from './ids.ts';
import { laneFor, laneName, parseLaneName, priorities } from './lane.ts';

it('sends a target by the smart lane, a target of 0 too', () => {
  expect(laneFor({ targetPosition: null })).toBe('regular');
  expect([0, -5, 5].map((targetPosition) => laneFor({ targetPosition }))).toEqual([
    'smart',
    'smart',
    'smart',
  ]);
});

it('names a queue without a colon, and serves exits first', () => {
  expect(laneName('smart', brandIds.account(7))).toBe('smart.7');
  expect(priorities.squareOff).toBeLessThan(priorities.exit);
  expect(priorities.exit).toBeLessThan(priorities.entry);
});

it('knows the lane of a name again, and no other name', () => {
  expect(parseLaneName('regular.12')).toEqual({ lane: 'regular', accountId: 12 });
  for (const name of ['tick', 'smart', 'smart.', 'smart.0', 'smart.1.2', 'other.1']) {
    expect(parseLaneName(name)).toBeUndefined();
  }
});
