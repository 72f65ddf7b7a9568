/** What one lane of this process has to show at one look. */
export interface LaneActivity {
  /** Jobs that wait on the lane for anybody. */
  waiting: number;
  /** Jobs of the lane that this process works on. */
  active: number;
  concurrency: number;
  /** Monotonic, when this process last took a job of the lane, or began to serve it (ms). */
  lastTakenAtMs: number;
  nowMs: number;
}

/**
 * Watches one lane from look to look. It has gone silent when jobs waited on it all the time and this
 * process, with room for them, took none: its connection is dead in a way that nobody noticed. The
 * lane's own pace explains a tenth of a second, another executor's luck a few seconds.
 */
export function createSilenceWatch(silentAfterMs: number): (lane: LaneActivity) => boolean {
  let waitingSinceMs: number | undefined;
  return (lane) => {
    const isOwed = lane.waiting > 0 && lane.active < lane.concurrency;
    if (!isOwed || lane.lastTakenAtMs > (waitingSinceMs ?? Number.NEGATIVE_INFINITY)) {
      waitingSinceMs = isOwed ? lane.nowMs : undefined;
      return false;
    }
    return lane.nowMs - (waitingSinceMs ?? lane.nowMs) >= silentAfterMs;
  };
}
