import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

const delaysMs = [500, 1_000, 2_000, 5_000];

it('takes the delays one after the other and stays at the last', () => {
  const delays = [0, 1, 2, 3, 4, 5, 100].map((attempt) =>
    retryDelayMs(delaysMs, { attempt, random: 0.5 }),
  );
  expect(delays).toEqual([500, 500, 1_000, 2_000, 5_000, 5_000, 5_000]);
  expect(retryDelayMs([], { attempt: 1, random: 0.5 })).toBe(0);
});

it('is spread by a fifth either way', () => {
  const spread = [0, 1].map((random) => retryDelayMs(delaysMs, { attempt: 2, random }));
  expect(spread).toEqual([800, 1_200]);
});
