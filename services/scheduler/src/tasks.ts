/** Work that goes on beside the loop that began it, and is waited for when the process stops. */
export interface Tasks extends AsyncDisposable {
  run(work: () => Promise<void>): void;
}

export function createTasks(onError: (error: unknown) => void): Tasks {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const done = work()
        .catch(onError)
        .then(() => void running.delete(done));
      running.add(done);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running);
    },
  };
}
