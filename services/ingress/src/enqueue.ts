import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { Lanes } from '@orderlane/queue/lanes';
import type { Log } from '@orderlane/runtime/log';

/** Work that goes on beside the answers and is waited for when the process stops. */
export interface Aside extends AsyncDisposable {
  run(work: () => Promise<unknown>): void;
}

/** Runs work that an answer does not wait for; what fails is logged, Postgres knows the rest. */
export function createAside(log: Log): Aside {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const done = work()
        .catch((error: unknown) =>
          log.warn({ event: 'left_to_the_sweep', err: error }, 'left to the sweep'),
        )
        .then(() => void running.delete(done));
      running.add(done);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running);
    },
  };
}

/** What a stored signal means for the lanes. */
export interface JobsToMove {
  orders: readonly DueOrder[];
  /** Their jobs are dead. */
  voided: readonly Omit<DueOrder, 'priority'>[];
  /** The orders are on their lanes. */
  onAdded?(): void;
}

/**
 * Adds the jobs of stored orders to their lanes and takes those of voided ones off. What was stored
 * while Redis was told of others goes together.
 */
export function createEnqueuer(deps: { lanes: Lanes; aside: Aside }): (jobs: JobsToMove) => void {
  const { lanes, aside } = deps;
  let waiting: JobsToMove[] = [];
  let isTelling = false;
  const tell = async () => {
    // What one commit stored is told of in one turn of the event loop.
    await nextTurn();
    const going = waiting;
    waiting = [];
    try {
      await moveJobs(lanes, going);
    } finally {
      isTelling = waiting.length > 0;
      if (isTelling) aside.run(tell);
    }
  };
  return (jobs) => {
    waiting.push(jobs);
    if (isTelling) return;
    isTelling = true;
    aside.run(tell);
  };
}

async function moveJobs(lanes: Lanes, jobs: readonly JobsToMove[]): Promise<void> {
  const orders = jobs.flatMap((each) => each.orders);
  if (orders.length > 0) await lanes.add(orders);
  for (const { onAdded } of jobs) onAdded?.();
  const voided = jobs.flatMap((each) => each.voided);
  if (voided.length > 0) await lanes.remove(voided);
}
