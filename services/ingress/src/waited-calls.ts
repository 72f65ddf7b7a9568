/** Tells calls whose moment is over: they, or this process with them, stood still for too long. */
export interface WaitedCalls extends Disposable {
  /** Whether a call that was taken up at this instant (of `now`, ms) may have waited too long. */
  waitedTooLong(takenAt: number): boolean;
}

export interface WaitedCallsDeps {
  /** A clock of this process that never goes back (ms). */
  now(): number;
  /** For how long the event loop had nothing to do, in all (ms). */
  idleMs(): number;
  /** A wait up to this harms nobody (ms). */
  limitMs: number;
  /** Told of each time that the process stood still, with its length (ms). */
  onPause(ms: number): void;
}

/**
 * Connections that came while the process stood still are taken afterwards, and their calls look new. Until
 * the event loop has had nothing to do for once, and for this long at the least (ms), every call may
 * be one of them; a busy machine may need long for it.
 */
const wakingMs = 1000;

/**
 * A stopped process, a machine that slept: what waited meanwhile was given up by its sender, perhaps
 * sent again elsewhere and forgotten there. A beat that comes too late shows it; who looks before the
 * beat does, finds it as well, so that nothing that waited is stored first.
 */
export function watchWaitedCalls(deps: WaitedCallsDeps): WaitedCalls {
  const { now, idleMs, limitMs, onPause } = deps;
  let beatAt = now();
  let idleBefore: number | undefined;
  let wokeAt = Number.NEGATIVE_INFINITY;
  const look = () => {
    const at = now();
    if (at - beatAt > limitMs) {
      idleBefore = idleMs();
      wokeAt = at + wakingMs;
      onPause(at - beatAt);
    } else if (idleBefore !== undefined && idleMs() > idleBefore) {
      idleBefore = undefined;
      wokeAt = Math.max(wokeAt, at);
    }
    beatAt = at;
    return at;
  };
  const timer = setInterval(look, limitMs / 4);
  return {
    waitedTooLong(takenAt) {
      const waitedMs = look() - takenAt;
      return waitedMs > limitMs || idleBefore !== undefined || takenAt < wokeAt;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
