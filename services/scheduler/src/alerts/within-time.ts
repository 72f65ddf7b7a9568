/** Waits for a promise, but no longer than this (ms). @throws an error named TimeoutError */
export async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const patience = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_resolve, reject) => {
    patience.addEventListener('abort', () => reject(patience.reason as Error), { once: true });
  });
  return await Promise.race([work, late]);
}
