/** Work that happens later: late fills, held answers. Durations are divided by the time scale. */
export interface Timers {
  after(delayMs: number, work: () => void): void;
  /** A duration in the machine's milliseconds. */
  scaled(durationMs: number): number;
  /** How many of the simulator's milliseconds pass in one of the machine's. */
  scale(factor: number): void;
  stop(): void;
}

/** Timers that all end with `stop()`. */
export function createTimers(initialScale: number): Timers {
  const waiting = new Set<NodeJS.Timeout>();
  let factor = initialScale;
  return {
    after(delayMs, work) {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        work();
      }, delayMs / factor);
      waiting.add(timer);
    },
    scaled: (durationMs) => durationMs / factor,
    scale(next) {
      factor = next;
    },
    stop() {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
