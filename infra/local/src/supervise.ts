import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@orderlane/runtime/log';

/** Something that runs until it is stopped, or ends by itself. */
export interface Running {
  /** Resolves with how it ended, as in "exit code 1". */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface SuperviseSpec {
  name: string;
  log: Log;
  start(): Promise<Running>;
}

/** Waited before it is started again, by how often it ended without running for a while (ms). */
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** Who ran this long begins again at the shortest wait. */
const STEADY_AFTER_MS = 60_000;

/**
 * Starts it, and starts it again whenever it ends by itself, until disposed of. The first start must
 * succeed.
 * @throws what the first start throws
 */
export async function supervise(spec: SuperviseSpec): Promise<AsyncDisposable> {
  const stopping = new AbortController();
  const watch = { spec, stopping: stopping.signal, running: await spec.start() };
  const watched = keepRunning(watch);
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await watch.running.stop();
      await watched;
    },
  };
}

interface Watch {
  spec: SuperviseSpec;
  stopping: AbortSignal;
  running: Running;
}

async function keepRunning(watch: Watch): Promise<void> {
  const isStopping = () => watch.stopping.aborted;
  let failures = 0;
  while (!isStopping()) {
    const sinceMs = performance.now();
    const how = await watch.running.ended;
    if (isStopping()) return;
    failures = performance.now() - sinceMs > STEADY_AFTER_MS ? 0 : failures + 1;
    await startAgain(watch, { how, failures });
  }
}

async function startAgain(watch: Watch, fault: { how: string; failures: number }): Promise<void> {
  const { name, log, start } = watch.spec;
  const waitMs = BACK_OFF_MS[Math.min(fault.failures, BACK_OFF_MS.length) - 1] ?? BACK_OFF_MS[0];
  const text = `${name} ended (${fault.how}): starting it again in ${(waitMs ?? 0) / 1_000} s`;
  log.error({ event: 'process_ended', process: name }, text);
  try {
    await sleep(waitMs, undefined, { signal: watch.stopping });
    watch.running = await start();
    if (watch.stopping.aborted) await watch.running.stop();
    else log.info({ event: 'process_restarted', process: name }, `${name} runs again`);
  } catch (error) {
    if (watch.stopping.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    watch.running = { ended: Promise.resolve(why), stop: async () => await Promise.resolve() };
  }
}
