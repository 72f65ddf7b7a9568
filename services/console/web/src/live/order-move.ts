import type { Query, QueryClient } from '@tanstack/react-query';
import type { OrderFilter } from '../api/queries.ts';
import type { Order } from '../api/types.ts';
import { type OrderPages, withOrder } from './order-lists.ts';

/** One move of an order, as `/events` tells it. */
export interface OrderMove {
  order_id: string;
  from_status: string | null;
  to_status: string;
  order: Order;
}

interface Moves {
  /** Puts an order's new state into every list of orders, without asking the console. */
  apply(move: OrderMove): void;
  stop(): void;
}

/** No list takes so long to come that more moves than these happen meanwhile. */
const keptMoves = 2000;

/**
 * Keeps lists of orders as the moves say. An answer that was on its way when a move came may not
 * know of it: what came since it was asked for is put in once more.
 */
export function followMoves(queries: QueryClient): Moves {
  const cache = queries.getQueryCache();
  const kept: OrderMove[] = [];
  const askedAt = new Map<string, number>();
  let count = 0;
  const catchUp = (query: Query) => {
    const missed = count - (askedAt.get(query.queryHash) ?? count);
    const moves = missed === 0 ? [] : kept.slice(-missed);
    for (const move of moves) putIn(queries, query, move);
  };
  const stop = cache.subscribe((event) => {
    if (event.type !== 'updated' || event.query.queryKey[0] !== 'orders') return;
    const { query, action } = event;
    if (action.type === 'fetch') askedAt.set(query.queryHash, count);
    if (action.type === 'success' && action.manual !== true) catchUp(query);
  });
  return {
    stop,
    apply(move) {
      count++;
      kept.push(move);
      if (kept.length > keptMoves) kept.shift();
      for (const query of cache.findAll({ queryKey: ['orders'] })) putIn(queries, query, move);
    },
  };
}

function putIn(queries: QueryClient, { queryKey, state }: Query, { order }: OrderMove): void {
  const list = state.data as OrderPages | undefined;
  if (list === undefined) return;
  const next = withOrder(list, { order, filter: (queryKey[1] ?? {}) as OrderFilter });
  if (next === undefined) void queries.invalidateQueries({ queryKey, exact: true });
  else if (next !== list) queries.setQueryData(queryKey, next);
}
