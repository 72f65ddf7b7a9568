import { expect, test } from 'vitest';
import { FaultList } from './fault-list.ts';

const buy = { endpoint: 'placeorder', body: { symbol: 'SBIN', apikey: 'k' } };

test('meets so many calls, then is gone', () => {
  const faults = new FaultList();
  faults.add({ kind: 'hang', times: 2 });
  const met = [1, 2, 3].map(() => faults.take(buy).answer?.kind);
  expect(met).toEqual(['hang', 'hang', undefined]);
  expect(faults.list()).toEqual([]);
});

test('is drawn in the same way from the same seed', () => {
  const draws = [1, 2].map(() => {
    const faults = new FaultList();
    faults.add({ kind: 'hang', probability: 0.3, seed: 42 });
    return Array.from({ length: 200 }, () => faults.take(buy).answer !== undefined);
  });
  expect(draws[0]).toEqual(draws[1]);
  const drawn = draws[0]?.filter(Boolean).length ?? 0;
  expect(drawn).toBeGreaterThan(40);
  expect(drawn).toBeLessThan(80);
});

test.each([
  [{ symbol: 'INFY' }],
  [{ apikey: 'other' }],
  [{ endpoints: ['orderbook'] }],
  [{ action: 'SELL' }],
])('leaves a call alone that is not %j', (reach) => {
  const faults = new FaultList();
  faults.add({ kind: 'hang', ...reach });
  expect(faults.take(buy)).toEqual({});
});

test('keeps to the endpoints of its kind when none is named', () => {
  const faults = new FaultList();
  faults.add({ kind: 'rest' });
  faults.add({ kind: 'empty_book' });
  expect(Object.keys(faults.take(buy))).toEqual(['fill']);
  expect(Object.keys(faults.take({ ...buy, endpoint: 'orderbook' }))).toEqual(['read']);
});

test('one fault of a group meets a call, the first that was set', () => {
  const faults = new FaultList();
  faults.add({ kind: 'reset_after', times: 1 });
  faults.add({ kind: 'error_500_after', times: 1 });
  faults.add({ kind: 'delay', ms: 5 });
  expect(faults.take(buy)).toMatchObject({ answer: { kind: 'reset_after' }, delay: { ms: 5 } });
  expect(faults.take(buy).answer?.kind).toBe('error_500_after');
});
