export interface UntilStoredDeps {
  sleep(ms: number): Promise<void>;
  onRetry(error: unknown): void;
}

/**
 * Does `store` until it succeeds: what only this process knows (that a call was answered, that
 * none was made) is kept in memory until Postgres has it. Waits 100 ms at first, a second at most.
 */
export async function untilStored<T>(deps: UntilStoredDeps, store: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store();
    } catch (error) {
      deps.onRetry(error);
      await deps.sleep(Math.min(100 * attempt, 1000));
    }
  }
}
