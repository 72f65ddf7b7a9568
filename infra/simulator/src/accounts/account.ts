import type { Answer } from '../answer.ts';
import { type Book, positionKey } from '../books/book.ts';
import type { Position } from '../books/net.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

export type Mode = 'live' | 'analyze';

/** An order that waits for a person in the Action Center. */
export interface PendingOrder {
  readonly id: number;
  /** Places it as it was asked. */
  readonly place: () => Answer;
}

/** A broker's refusal of every order for a symbol. */
export type Refusal =
  | { readonly status: number; readonly message: string }
  /** The broker answers 200 without an order, which OpenAlgo reports as a success without an id. */
  | 'null_order_id';

/** One OpenAlgo instance with its broker account, found by its API key. */
export interface Account {
  readonly name: string;
  readonly apikey: string;
  mode: Mode;
  semiAuto: boolean;
  /** The broker session; a broker ends it every night. */
  sessionAlive: boolean;
  readonly live: Book;
  readonly sandbox: Sandbox;
  readonly pending: Map<number, PendingOrder>;
  /** The last number given to a pending order. */
  pendingNumber: number;
  /** Refusals by symbol, or by `endpoint symbol`. */
  readonly refusals: Map<string, Refusal>;
  readonly positionCache: PositionCache;
  /** Calls the analyzer wrote down. */
  analyzerLogs: number;
}

/**
 * The broker's position book as OpenAlgo's adapters keep it: read at most once in `lifeMs`, and again after each order
 * of their own. A trade by hand, or a fill that comes later, is not seen before.
 */
export class PositionCache {
  lifeMs: number;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #quantities = new Map<string, number>();
  readonly #book: Book;

  constructor(book: Book, lifeMs: number) {
    this.#book = book;
    this.lifeMs = lifeMs;
  }

  /** Signed shares as a smart order sees them; `lifeMs` of a fault wins over the account's. */
  quantityOf(instrument: Pick<Position, 'symbol' | 'exchange' | 'product'>, lifeMs = this.lifeMs) {
    const nowMs = performance.now();
    if (nowMs - this.#readAtMs > lifeMs) {
      this.#quantities = new Map(
        [...this.#book.positions].map(([key, position]) => [key, position.quantity]),
      );
      this.#readAtMs = nowMs;
    }
    return this.#quantities.get(positionKey(instrument)) ?? 0;
  }

  forget(): void {
    this.#readAtMs = Number.NEGATIVE_INFINITY;
  }
}
