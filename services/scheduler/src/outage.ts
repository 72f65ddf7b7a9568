import type { Log } from '@orderlane/runtime/log';

/** Something that works most of the time: told once when it fails, and once when it works again. */
export interface Outage {
  failed(error: unknown): void;
  over(): void;
  /** Does the work; false when it failed. */
  attempt(work: () => Promise<void>): Promise<boolean>;
}

/** @param what for people and for the log's `event`: "sweep" becomes sweep_failed and sweep_works. */
export function createOutage(log: Log, what: string): Outage {
  let isOut = false;
  const failed = (error: unknown) => {
    if (isOut) return;
    isOut = true;
    log.warn({ event: `${what}_failed`, err: error }, `${what}: failing; it is tried again`);
  };
  const over = () => {
    if (!isOut) return;
    isOut = false;
    log.info({ event: `${what}_works` }, `${what}: works again`);
  };
  return {
    failed,
    over,
    async attempt(work) {
      try {
        await work();
        over();
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    },
  };
}
