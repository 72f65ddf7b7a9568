/** One number of a run, with what it is compared to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `/s`, `MiB`, or empty for a ratio or a count. */
  readonly unit: string;
  /** What is asked of it, and whether that is so in this run. */
  readonly asked?: { readonly what: string; readonly met: boolean };
  /** What held it back: processor time by process (1 is one core), commits and Redis commands a second. */
  readonly boundBy?: string;
}

/** What later scenarios of the run compare themselves to. */
export interface Yardsticks {
  /** Requests a second that a bare Hono echo answers. */
  bare?: number;
}

export interface Scenario {
  readonly name: string;
  run(yardsticks: Yardsticks): Promise<Figure[]>;
}

export function atMost(value: number, limit: number, what: string): NonNullable<Figure['asked']> {
  return { what, met: value <= limit };
}

export function atLeast(value: number, limit: number, what: string): NonNullable<Figure['asked']> {
  return { what, met: value >= limit };
}
