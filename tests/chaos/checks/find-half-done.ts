import type { Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/**
 * Half done: a wish whose posting went unanswered, or was answered with a 5xx, and was stored all
 * the same, and stored again when it was resent. Any wish that became two orders of a stock counts.
 */
export function findHalfDone({ orders, wishes }: Evidence): Violation[] {
  const sent = new Map(wishes.map((wish) => [wish.nonce, wish]));
  const stored = Map.groupBy(
    orders.filter(({ nonce }) => nonce !== null),
    ({ nonce, symbol }) => `${nonce} ${symbol}`,
  );
  return [...stored].flatMap(([key, own]) => {
    if (own.length < 2) return [];
    const wish = sent.get(own[0]?.nonce ?? '');
    const answers = wish?.postings.map(({ status }) => status ?? 'none').join(', ');
    const how = wish?.hasKey ? 'with a key' : 'without a key';
    const text = `${key} (${how}, answered ${answers}) became ${own.length} orders`;
    return [{ kind: 'half_done', text, orders: own.map(({ id }) => id) }];
  });
}
