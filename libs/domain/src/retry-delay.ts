/** Waiting times of an order that was surely not sent (ms); the last one repeats. */
const delaysMs = [500, 1_000, 2_000, 5_000] as const;

/** Each wait is lengthened or shortened by up to this share, so that orders do not come as one. */
const jitter = 0.2;

/**
 * How long an order that was surely not sent waits before its next attempt (ms).
 * @param attempt the attempt that just failed, from 1
 * @param random 0 to 1, of the caller
 */
export function retryDelayMs(attempt: number, random: number): number {
  const index = Math.min(Math.max(attempt, 1), delaysMs.length) - 1;
  const delayMs = delaysMs[index] ?? 5_000;
  return Math.round(delayMs * (1 + jitter * (2 * random - 1)));
}
