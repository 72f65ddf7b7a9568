import { Book } from '../books/book.ts';
import { type Funds, reconcile, release } from './funds.ts';

/** The analyzer's sandbox of one account: its own books, and play money. */
export interface Sandbox {
  readonly book: Book;
  readonly funds: Funds;
}

/** A sandbox with `capital` rupees, handed out at `since`, milliseconds since the epoch. */
export function createSandbox(capital: number, since: number): Sandbox {
  const funds: Funds = { available: capital, used: 0, realized: 0, since };
  const book: Book = new Book({
    filled(_position, { realized, released }) {
      release(funds, released, realized);
      reconcile(funds, book.positions.values());
    },
    ended(order) {
      release(funds, order.margin, 0);
    },
  });
  return { book, funds };
}
