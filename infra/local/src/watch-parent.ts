const LOOK_EVERY_MS = 500;

/**
 * Calls `onGone` once when the process that started us has ended. A SIGTERM that ends npm does not
 * reach what npm started: without this, `kill` of an `npm start` would leave everything running.
 */
export function watchParent(onGone: () => void): Disposable {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
