import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WaitedCalls, watchWaitedCalls } from './waited-calls.ts';

let clock: number;
let idleMs: number;
let rounds: number;
let pauses: number[];
let watch: WaitedCalls;

beforeEach(() => {
  vi.useFakeTimers();
  clock = 0;
  idleMs = 0;
  rounds = 0;
  pauses = [];
  const onPause = (ms: number) => void pauses.push(ms);
  watch = watchWaitedCalls({
    ...{ now: () => clock, idleMs: () => idleMs, rounds: () => rounds, limitMs: 1000, onPause },
  });
});
afterEach(() => {
  watch[Symbol.dispose]();
  vi.useRealTimers();
});

/** Time passes while the process runs; unless it is busy, it has nothing to do now and then. */
function run(ms: number, { isBusy = false, roundMs = 50 } = {}): void {
  for (let passed = 0; passed < ms; passed += roundMs) {
    clock += roundMs;
    rounds += 1;
    if (!isBusy) idleMs += roundMs / 5;
    vi.advanceTimersByTime(roundMs);
  }
}

/** Time passes while nothing of the process runs, not even its timers. It may have been waiting. */
function standStill(ms: number): void {
  clock += ms;
  idleMs += ms;
}

/** Whether a call that is taken up now, and stored at once, may have waited too long. */
const waitsTooLong = () => watch.waitedTooLong(watch.cameAfter());

describe('a call may have waited too long', () => {
  it('when the process stood still after it was taken, even before a timer could say so', () => {
    run(5000);
    const cameAfter = watch.cameAfter();
    standStill(1500);
    expect(watch.waitedTooLong(cameAfter)).toBe(true);
    expect(pauses).toEqual([1500]);
  });

  it('when it was kept waiting while the process ran', () => {
    run(5000);
    const cameAfter = watch.cameAfter();
    run(1100);
    expect(watch.waitedTooLong(cameAfter)).toBe(true);
    expect(pauses).toEqual([]);
  });

  it('when it is taken right after a pause: it may have come during it', () => {
    run(5000);
    standStill(60_000);
    expect(waitsTooLong()).toBe(true);
    run(900);
    expect(waitsTooLong()).toBe(true);
  });

  it('when the process had so much to do that a connection may have waited for its turn', () => {
    run(5000);
    run(1100, { isBusy: true });
    expect(waitsTooLong()).toBe(true);
    expect(pauses).toEqual([]);
  });
});

describe('what came while the process could not take it', () => {
  it('is taken once there is nothing to do, however long that takes', () => {
    run(5000);
    standStill(60_000);
    run(4000, { isBusy: true });
    const cameAfter = watch.cameAfter();
    expect(watch.waitedTooLong(cameAfter)).toBe(true);
    // Its own waits for the database let the process rest: it came before that.
    run(500);
    expect(watch.waitedTooLong(cameAfter)).toBe(true);
    expect(waitsTooLong()).toBe(false);
  });

  it('is taken by as many rounds as connections may wait for', () => {
    run(5000);
    run(2000, { isBusy: true });
    run(490, { isBusy: true, roundMs: 1 });
    expect(waitsTooLong()).toBe(true);
    run(1000, { isBusy: true, roundMs: 1 });
    expect(waitsTooLong()).toBe(false);
  });
});

describe('a call has not waited too long', () => {
  it('while it takes its time within the limit', () => {
    run(5000);
    const cameAfter = watch.cameAfter();
    run(700);
    expect(watch.waitedTooLong(cameAfter)).toBe(false);
    expect(pauses).toEqual([]);
  });

  it('when the process stood still for less than the limit', () => {
    run(5000);
    standStill(700);
    expect(waitsTooLong()).toBe(false);
  });

  it('when it is taken a while after a pause', () => {
    standStill(5000);
    run(2000);
    expect(waitsTooLong()).toBe(false);
  });

  it('while a process without a moment of rest goes round often', () => {
    run(20_000, { isBusy: true, roundMs: 1 });
    expect(waitsTooLong()).toBe(false);
    expect(pauses).toEqual([]);
  });
});
