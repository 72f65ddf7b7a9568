import { expect, it } from 'vitest';
import { createSilenceWatch, type LaneActivity } from './silent-lane.ts';

const look = (nowMs: number, changes: Partial<LaneActivity> = {}): LaneActivity => ({
  nowMs,
  waiting: 3,
  active: 0,
  concurrency: 4,
  lastTakenAtMs: 0,
  ...changes,
});

it('a lane on which jobs wait and nothing is taken goes silent after its time', () => {
  const watch = createSilenceWatch(1000);
  expect([watch(look(500)), watch(look(1400)), watch(look(1500))]).toEqual([false, false, true]);
});

it('a lane that was idle for long is not silent because a job has just come', () => {
  const watch = createSilenceWatch(1000);
  expect([watch(look(100, { waiting: 0 })), watch(look(90_000))]).toEqual([false, false]);
});

it('whatever is taken in between starts the time anew', () => {
  const watch = createSilenceWatch(1000);
  watch(look(500));
  expect(watch(look(1500, { lastTakenAtMs: 900 }))).toBe(false);
  expect(watch(look(2400, { lastTakenAtMs: 900 }))).toBe(false);
  expect(watch(look(2500, { lastTakenAtMs: 900 }))).toBe(true);
});

it('a process without room owes nothing', () => {
  const watch = createSilenceWatch(1000);
  watch(look(500, { active: 4 }));
  expect(watch(look(5000, { active: 4 }))).toBe(false);
});
