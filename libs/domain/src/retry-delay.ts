/** Each wait is lengthened or shortened by up to this share, so that orders do not come as one. */
const jitter = 0.2;

/**
 * How long an order that was surely not sent waits before its next attempt (ms).
 * @param delaysMs the waits after the first attempt, the second, …; the last one repeats
 * @param args the attempt that just failed, from 1, and a random number from 0 to 1 of the caller
 */
export function retryDelayMs(
  delaysMs: readonly number[],
  args: { attempt: number; random: number },
): number {
  const index = Math.min(Math.max(args.attempt, 1), delaysMs.length) - 1;
  const delayMs = delaysMs[index] ?? 0;
  return Math.round(delayMs * (1 + jitter * (2 * args.random - 1)));
}
