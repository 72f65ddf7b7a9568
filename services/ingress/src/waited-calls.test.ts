import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WaitedCalls, watchWaitedCalls } from './waited-calls.ts';

let clock: number;
let idleMs: number;
let pauses: number[];
let watch: WaitedCalls;

beforeEach(() => {
  vi.useFakeTimers();
  clock = 0;
  idleMs = 0;
  pauses = [];
  const onPause = (ms: number) => void pauses.push(ms);
  watch = watchWaitedCalls({
    ...{ now: () => clock, idleMs: () => idleMs, limitMs: 1000, onPause },
  });
});
afterEach(() => {
  watch[Symbol.dispose]();
  vi.useRealTimers();
});

/** Time passes while the process runs; unless it is busy, it has nothing to do now and then. */
function run(ms: number, how: { isBusy: boolean } = { isBusy: false }): void {
  for (let passed = 0; passed < ms; passed += 50) {
    clock += 50;
    if (!how.isBusy) idleMs += 10;
    vi.advanceTimersByTime(50);
  }
}

/** Time passes while nothing of the process runs, not even its timers. It may have been waiting. */
function standStill(ms: number): void {
  clock += ms;
  idleMs += ms;
}

describe('a call may have waited too long', () => {
  it('when the process stood still after it was taken, even before a timer could say so', () => {
    run(5000);
    const takenAt = clock;
    standStill(1500);
    expect(watch.waitedTooLong(takenAt)).toBe(true);
    expect(pauses).toEqual([1500]);
  });

  it('when it was kept waiting while the process ran', () => {
    run(5000);
    const takenAt = clock;
    run(1100);
    expect(watch.waitedTooLong(takenAt)).toBe(true);
    expect(pauses).toEqual([]);
  });

  it('when it is taken right after a pause: it may have come during it', () => {
    run(5000);
    standStill(60_000);
    expect(watch.waitedTooLong(clock)).toBe(true);
    run(900);
    expect(watch.waitedTooLong(clock)).toBe(true);
  });
});

describe('after a pause, what came during it', () => {
  it('is taken until there is nothing to do for once, however long that takes', () => {
    run(5000);
    standStill(60_000);
    run(4000, { isBusy: true });
    const takenAt = clock;
    expect(watch.waitedTooLong(takenAt)).toBe(true);
    // Its own waits for the database let the process rest: it came before that.
    run(500);
    expect(watch.waitedTooLong(takenAt)).toBe(true);
    run(50);
    expect(watch.waitedTooLong(clock)).toBe(false);
  });
});

describe('a call has not waited too long', () => {
  it('while it takes its time within the limit', () => {
    run(5000);
    const takenAt = clock;
    run(900);
    expect(watch.waitedTooLong(takenAt)).toBe(false);
    expect(pauses).toEqual([]);
  });

  it('when the process stood still for less than the limit', () => {
    run(5000);
    standStill(700);
    expect(watch.waitedTooLong(clock - 700)).toBe(false);
  });

  it('when it is taken a while after a pause', () => {
    standStill(5000);
    run(2000);
    expect(watch.waitedTooLong(clock)).toBe(false);
  });
});
