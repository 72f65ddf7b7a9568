import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

export interface PollLimits {
  /** Named in the error, as in "Redis on port 6379". */
  what: string;
  withinMs: number;
  /** Ends the wait early by throwing, for example when the process is gone. */
  check?: () => void;
}

/**
 * Asks until the answer is not undefined.
 * @throws when there is none within `withinMs`; the last error of `ask` is its cause
 */
export async function poll<T>(ask: () => Promise<T | undefined>, limits: PollLimits): Promise<T> {
  const deadline = Date.now() + limits.withinMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    limits.check?.();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      lastError = error;
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`${limits.what} did not answer within ${limits.withinMs} ms`, {
    cause: lastError,
  });
}
