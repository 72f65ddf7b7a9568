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

/** Adds the jobs of stored orders to their lanes and takes those of voided ones off. */
export async function enqueue(
  lanes: Lanes,
  args: { orders: DueOrder[]; voided: Omit<DueOrder, 'priority'>[] },
): Promise<void> {
  if (args.orders.length > 0) await lanes.add(args.orders);
  if (args.voided.length > 0) await lanes.remove(args.voided);
}
