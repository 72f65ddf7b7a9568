import { type Answer, failure, success } from '../answer.ts';
import type { Fault } from './fault.ts';

const emptyStatistics = {
  total_buy_orders: 0,
  total_sell_orders: 0,
  total_completed_orders: 0,
  total_open_orders: 0,
  total_rejected_orders: 0,
};

/** What a book says when the adapter takes the broker's error for an empty book. */
const emptyBooks: ReadonlyMap<string, Answer> = new Map([
  ['orderbook', success({ data: { orders: [], statistics: emptyStatistics } })],
  ['tradebook', success({ data: [] })],
  ['positionbook', success({ data: [] })],
  ['openposition', success({ quantity: 0 })],
  ['holdings', success({ data: { holdings: [], statistics: {} } })],
  ['orderstatus', failure(404, 'Order not found')],
]);

/** The answer of a read that fails at the broker; undefined when the fault is of another kind. */
export function failedRead(fault: Fault | undefined, endpoint: string): Answer | undefined {
  if (fault?.kind === 'empty_book') return emptyBooks.get(endpoint);
  if (fault?.kind !== 'book_error') return undefined;
  return failure(500, fault.message ?? 'Error fetching data from the broker');
}
