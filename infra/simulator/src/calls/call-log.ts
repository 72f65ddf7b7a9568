import type { FaultKind } from '../faults/fault.ts';

/** How a call ended for its caller. */
export type CallEnd = 'answered' | 'reset' | 'closed' | 'caller_gone';

/** A call as the simulator saw it. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  /** The last part of an API path, such as `placeorder`. */
  readonly endpoint: string;
  /** Milliseconds of a clock that never jumps, with fractions: when the request was first seen. */
  readonly arrivedAtMs: number;
  /** The same instant in milliseconds since the epoch. */
  readonly arrivedAt: number;
  /** The `x-orderlane-order` header. */
  readonly order: string | null;
  /** Name of the account whose key was in the body. */
  account: string | null;
  /** The body without its key. */
  body: unknown;
  faults: readonly FaultKind[];
  answer: { readonly status: number; readonly body: unknown } | null;
  end: CallEnd | null;
  endedAtMs: number | null;
  /** Orders that this call made at the broker or in the sandbox. */
  readonly executed: ExecutedOrder[];
}

export interface ExecutedOrder {
  readonly orderid: string;
  readonly atMs: number;
}

/** Which calls to list; without a member there is no such condition. */
export interface CallFilter {
  readonly endpoint?: string | undefined;
  readonly account?: string | undefined;
  /** Only calls with a higher number. */
  readonly after?: number | undefined;
}

const MOST_CALLS = 500_000;

/** The calls seen, oldest first; the oldest are dropped beyond half a million. */
export class CallLog {
  #calls: Call[] = [];
  #number = 0;

  open(seen: Pick<Call, 'method' | 'path' | 'endpoint' | 'arrivedAtMs' | 'order'>): Call {
    this.#number += 1;
    const call: Call = {
      id: this.#number,
      ...seen,
      arrivedAt: performance.timeOrigin + seen.arrivedAtMs,
      account: null,
      body: null,
      faults: [],
      answer: null,
      end: null,
      endedAtMs: null,
      executed: [],
    };
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls = this.#calls.slice(MOST_CALLS / 10);
    return call;
  }

  list(filter: CallFilter = {}): readonly Call[] {
    const { endpoint, account, after = 0 } = filter;
    return this.#calls.filter(
      (call) =>
        call.id > after &&
        (endpoint === undefined || call.endpoint === endpoint) &&
        (account === undefined || call.account === account),
    );
  }

  clear(): void {
    this.#calls = [];
  }
}
