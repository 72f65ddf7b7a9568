import { MovingWindow } from './moving-window.ts';
import { parseRates } from './rate.ts';

/** The limits of `.env`: orders, smart orders, everything else. */
export interface LimitTexts {
  readonly order: string;
  readonly smartOrder: string;
  readonly api: string;
}

export type LimitName = keyof LimitTexts;

/** One bucket for each endpoint and caller. */
export class Limiter {
  #limits: LimitTexts | 'off';
  readonly #buckets = new Map<string, readonly MovingWindow[]>();

  constructor(limits: LimitTexts | 'off') {
    this.#limits = limits;
  }

  /** Replaces all limits and forgets what was counted, as a restart of OpenAlgo does. */
  set(limits: LimitTexts | 'off'): void {
    this.#limits = limits;
    this.#buckets.clear();
  }

  /** The text of the limit that is full, or undefined when the call may pass. */
  refusal(name: LimitName, bucket: string, nowMs: number): string | undefined {
    if (this.#limits === 'off') return undefined;
    let windows = this.#buckets.get(bucket);
    if (windows === undefined) {
      windows = parseRates(this.#limits[name]).map((rate) => new MovingWindow(rate));
      this.#buckets.set(bucket, windows);
    }
    return windows.find((window) => !window.take(nowMs))?.text;
  }
}
