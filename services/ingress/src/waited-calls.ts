/** Tells calls whose moment is over: they, or this process with them, waited for too long. */
export interface WaitedCalls extends Disposable {
  /** The instant (of `now`, ms) after which a call that is taken up at this moment has come, for certain. */
  cameAfter(): number;
  /** Whether a call that has come after this instant may have waited too long by now. */
  waitedTooLong(cameAfter: number): boolean;
}

export interface WaitedCallsDeps {
  /** A clock of this process that never goes back (ms). */
  now(): number;
  /** For how long the event loop had nothing to do, in all (ms). */
  idleMs(): number;
  /** How often the event loop went round. */
  rounds(): number;
  /** A wait up to this harms nobody (ms). */
  limitMs: number;
  /** Told of each time that the process stood still, with its length (ms). */
  onPause(ms: number): void;
}

/** How things stood at one moment. */
interface Look {
  at: number;
  idleMs: number;
  rounds: number;
}

/**
 * Connections that were refused while the process stood still are tried again by their machine, for the first
 * time after a second: so long calls may be older than they look (ms).
 */
const wakingMs = 1000;

/**
 * A connection that was there at a moment is taken, and its call read, within so many rounds of the event loop:
 * libuv takes one connection a round (measured with Node 26), and Node lets 511 wait.
 */
const roundsToTakeAll = 511 + 3;

/**
 * A stopped process, one without a processor core, a machine that slept: what waited meanwhile was given up by its
 * sender, perhaps sent again elsewhere and forgotten there. Calls wait unseen, in the kernel, until their connection's
 * turn; but once the event loop had nothing to do, or went round often enough, whatever had come before was taken.
 */
export function watchWaitedCalls(deps: WaitedCallsDeps): WaitedCalls {
  const { now, limitMs, onPause } = deps;
  const lookNow = (): Look => ({ at: now(), idleMs: deps.idleMs(), rounds: deps.rounds() });
  /** The oldest is one by which all that came before is taken; the others may become that. */
  const looks = [lookNow()];
  let wokeAt = Number.NEGATIVE_INFINITY;

  function look(): Look {
    const latest = lookNow();
    const pauseMs = latest.at - (looks.at(-1)?.at ?? latest.at);
    if (pauseMs > limitMs) {
      wokeAt = latest.at + wakingMs;
      onPause(pauseMs);
    }
    while (looks[1] !== undefined && allTaken(looks[1], latest)) looks.shift();
    if (pauseMs > limitMs / 50) looks.push(latest);
    return latest;
  }

  const timer = setInterval(look, limitMs / 4);
  return {
    cameAfter() {
      const { at } = look();
      return at < wokeAt ? Number.NEGATIVE_INFINITY : (looks[0]?.at ?? at);
    },
    waitedTooLong: (cameAfter) => look().at - cameAfter > limitMs,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Whether all that had come before `then` is taken by `now`. */
function allTaken(then: Look, now: Look): boolean {
  return now.idleMs > then.idleMs || now.rounds - then.rounds >= roundsToTakeAll;
}
