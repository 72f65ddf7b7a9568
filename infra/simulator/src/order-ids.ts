import { indianTime } from './clock.ts';

/** Numbers of orders: a date and a running number, so that no two are ever the same. */
export class OrderIds {
  #number = 0;

  /** The running number that was given last. */
  get last(): number {
    return this.#number;
  }

  /** Goes on behind what was given before, in this life or in an earlier one. */
  goOnBehind(number: number): void {
    this.#number = Math.max(this.#number, number);
  }

  /** As the sandbox has them: YYMMDD and eight digits. */
  sandbox(epochMs: number): string {
    return this.#next(epochMs, 8);
  }

  /** As the broker has them: YYMMDD and nine digits. */
  live(epochMs: number): string {
    return this.#next(epochMs, 9);
  }

  #next(epochMs: number, digits: number): string {
    this.#number += 1;
    const day = indianTime(epochMs).date.slice(2).replaceAll('-', '');
    return day + String(this.#number).padStart(digits, '0');
  }
}
