import type { Rate } from './rate.ts';

/**
 * A moving window: a call is let through when fewer than `calls` were let through in the window before it. What was
 * refused does not count, as in Flask-Limiter's moving-window strategy.
 */
export class MovingWindow {
  readonly #rate: Rate;
  readonly #passed: Float64Array;
  #next = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
    this.#passed = new Float64Array(rate.calls).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes a place at `nowMs`; false when there is none. */
  take(nowMs: number): boolean {
    const oldest = this.#passed[this.#next] ?? Number.POSITIVE_INFINITY;
    if (oldest >= nowMs - this.#rate.windowMs) return false;
    this.#passed[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#rate.calls;
    return true;
  }

  get text(): string {
    return this.#rate.text;
  }
}
