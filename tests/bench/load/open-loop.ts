import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

export interface OpenLoop {
  perS: number;
  seconds: number;
  /** The n-th call; false: it failed. */
  call(index: number): Promise<boolean>;
}

export interface OpenLoopResult {
  /** From the moment at which each call was due to its answer (ms): waiting to be sent counts. */
  latenciesMs: number[];
  failed: number;
}

/** Calls at fixed times, whatever the answers do, as senders who know nothing of each other. */
export async function runOpenLoop(load: OpenLoop): Promise<OpenLoopResult> {
  const latenciesMs: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const under: Promise<void>[] = [];
  for (let index = 0; index < load.perS * load.seconds; index++) {
    const dueAt = startedAt + (index * 1000) / load.perS;
    // A timer fires a millisecond early or late.
    const waitMs = dueAt - performance.now() - 2;
    if (waitMs > 0) await sleep(waitMs);
    while (performance.now() < dueAt) await turn();
    under.push(
      load.call(index).then(
        (ok) => {
          if (ok) latenciesMs.push(performance.now() - dueAt);
          else failed += 1;
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(under);
  return { latenciesMs, failed };
}
