import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Order } from '../api/types.ts';

/** One move of an order, as `/events` tells it. */
export interface OrderMove {
  order_id: string;
  from_status: string | null;
  to_status: string;
  order: Order;
}

type Pages = InfiniteData<{ rows: Order[]; next: string | null }>;

/**
 * Puts an order's new state into every list that shows it, without asking the console; lists that it
 * may come into or leave are read anew by whoever calls this.
 */
export function applyMove(queries: QueryClient, { order }: OrderMove): void {
  for (const [key, data] of queries.getQueriesData<Pages>({ queryKey: ['orders'] })) {
    const next = data && withOrder(data, order);
    if (next !== undefined && next !== data) queries.setQueryData(key, next);
  }
}

/** The same object where it does not show this order. */
function withOrder(data: Pages, order: Order): Pages {
  const isShown = data.pages.some(({ rows }) => rows.some(({ id }) => id === order.id));
  if (!isShown) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) => (row.id === order.id ? order : row)),
  }));
  return { ...data, pages };
}
