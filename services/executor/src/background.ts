export interface Background extends AsyncDisposable {
  /** Follows work that nobody may wait for. */
  run(work: Promise<void>): Promise<void>;
}

/** What goes on after its job has ended; the end of all of it is waited for. */
export function createBackground(): Background {
  const running = new Set<Promise<void>>();
  return {
    async run(work) {
      running.add(work);
      try {
        await work;
      } finally {
        running.delete(work);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(running);
    },
  };
}
