import { type Book, positionKey } from '../books/book.ts';
import type { Position } from '../books/net.ts';

/** How long a read of the position book is used. */
export interface CacheUse {
  readonly lifeMs: number;
  /** Also after an order of our own, which adapters otherwise take as a reason to read again. */
  readonly keptAfterOrders: boolean;
}

/**
 * The broker's position book as OpenAlgo's adapters keep it: read at most once in `lifeMs`, and again after each order
 * of their own. A trade by hand, or a fill that comes later, is not seen before.
 */
export class PositionCache {
  /** Milliseconds; 0 reads every time. */
  lifeMs: number;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #outdated = true;
  #quantities = new Map<string, number>();
  readonly #book: Book;

  constructor(book: Book, lifeMs: number) {
    this.#book = book;
    this.lifeMs = lifeMs;
  }

  /** Signed shares as a smart order sees them. */
  quantityOf(instrument: Pick<Position, 'symbol' | 'exchange' | 'product'>, use: CacheUse): number {
    const age = performance.now() - this.#readAtMs;
    if (age >= use.lifeMs || (this.#outdated && !use.keptAfterOrders)) this.#read();
    return this.#quantities.get(positionKey(instrument)) ?? 0;
  }

  /** An order of our own was placed, or the books were changed by hand. */
  forget(): void {
    this.#outdated = true;
  }

  #read(): void {
    const rows = [...this.#book.positions];
    this.#quantities = new Map(rows.map(([key, position]) => [key, position.quantity]));
    this.#readAtMs = performance.now();
    this.#outdated = false;
  }
}
