import { setTimeout as sleep } from 'node:timers/promises';

export interface Repeated extends AsyncDisposable {
  /** Ends the wait under way: the work begins at once. */
  soon(): void;
}

/**
 * Does the work at once, and again `everyMs` after it ended, until disposed; one at a time. The end
 * of the work under way is waited for. A round that fails is reported, the next one comes.
 */
export function repeat(work: {
  everyMs: number;
  run(): Promise<void>;
  onError(error: unknown): void;
}): Repeated {
  const stop = new AbortController();
  let wait = new AbortController();
  const loop = async () => {
    while (!stop.signal.aborted) {
      await work.run().catch(work.onError);
      const signal = AbortSignal.any([stop.signal, wait.signal]);
      await sleep(work.everyMs, undefined, { signal }).catch(() => undefined);
      wait = new AbortController();
    }
  };
  const ended = loop();
  return {
    soon: () => wait.abort(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
