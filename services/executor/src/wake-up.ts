import type { DueOrder } from '@orderlane/db/outcomes';
import type { Lanes } from '@orderlane/queue/lanes';

export interface WakeUp extends Disposable {
  /** Adds the order's job to its lane after this time (ms). */
  in(order: DueOrder, ms: number): void;
}

/**
 * Brings orders back to their lanes after a wait, from memory: sooner than the sweep, which does
 * the same from Postgres when this process is gone.
 */
export function createWakeUp(deps: { lanes: Lanes; onError(error: unknown): void }): WakeUp {
  const timers = new Set<NodeJS.Timeout>();
  return {
    in(order, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        deps.lanes.add([order]).catch(deps.onError);
      }, ms);
      timers.add(timer);
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
