/** Tells calls whose moment is over: they, or this process with them, stood still for too long. */
export interface WaitedCalls extends Disposable {
  /** Whether a call that was taken up at this instant (of `now`, ms) may have waited too long. */
  waitedTooLong(takenAt: number): boolean;
}

export interface WaitedCallsDeps {
  /** A clock of this process that never goes back (ms). */
  now(): number;
  /** A wait up to this harms nobody (ms). */
  limitMs: number;
  /** Told of each time that the process stood still, with its length (ms). */
  onPause(ms: number): void;
}

/**
 * Connections that came while the process stood still are taken right afterwards, and their calls
 * look new: for this long every call may be one of them (ms).
 */
const wakingMs = 1000;

/**
 * A stopped process, a machine that slept: what waited meanwhile was given up by its sender, perhaps
 * sent again elsewhere and forgotten there. A beat that comes too late shows it; who looks before the
 * beat does, finds it as well, so that nothing that waited is stored first.
 */
export function watchWaitedCalls(deps: WaitedCallsDeps): WaitedCalls {
  const { now, limitMs, onPause } = deps;
  let beatAt = now();
  let pauseEndedAt = Number.NEGATIVE_INFINITY;
  const look = () => {
    const at = now();
    if (at - beatAt > limitMs) {
      pauseEndedAt = at;
      onPause(at - beatAt);
    }
    beatAt = at;
    return at;
  };
  const timer = setInterval(look, limitMs / 4);
  return {
    waitedTooLong: (takenAt) => look() - takenAt > limitMs || takenAt < pauseEndedAt + wakingMs,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
