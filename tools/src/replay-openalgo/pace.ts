import { setTimeout as sleep } from 'node:timers/promises';
import { parseRates } from '@orderlane/simulator/limits/rate';

/** Longer than a window, so that the first call of it has surely left. */
const MARGIN_MS = 30;

/** Keeps calls to each endpoint within its limit, so that only those meet a 429 that are meant to. */
export class Pace {
  readonly #sent = new Map<string, number[]>();

  /** Waits until so many more calls fit into the limit, and counts them. */
  async take(endpoint: string, limit: string, calls = 1): Promise<void> {
    for (const rate of parseRates(limit)) {
      const sent = this.#sent.get(endpoint) ?? [];
      const room = Math.max(0, rate.calls - calls);
      const last = sent.at(-1 - room);
      const waitMs = last === undefined ? 0 : last + rate.windowMs + MARGIN_MS - performance.now();
      if (waitMs > 0) await sleep(waitMs);
    }
    this.#count(endpoint, calls);
  }

  #count(endpoint: string, calls: number): void {
    const sent = this.#sent.get(endpoint) ?? [];
    sent.push(...Array<number>(calls).fill(performance.now()));
    this.#sent.set(endpoint, sent);
  }
}
