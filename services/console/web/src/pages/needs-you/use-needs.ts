import { useInfiniteQuery } from '@tanstack/react-query';
import { closingsQuery, ordersQuery } from '../../api/queries.ts';
import type { Closing } from '../../api/types.ts';

/** A closing usually ends within seconds; after this long a person should know (ms). */
const slowMs = 60_000;

interface Needs {
  count: number;
  closings: Closing[];
}

/** How many things wait for a person; the menu shows it on every page. */
export function useNeeds(): Needs {
  const indeterminate = useInfiniteQuery(ordersQuery({ status: 'indeterminate' }));
  const awaiting = useInfiniteQuery(ordersQuery({ status: 'awaiting_approval' }));
  const open = useInfiniteQuery(closingsQuery({ status: 'open' }));
  const orders = [indeterminate, awaiting].flatMap(({ data }) =>
    (data?.pages ?? []).flatMap(({ rows }) => rows),
  );
  const closings = (open.data?.pages ?? [])
    .flatMap(({ rows }) => rows)
    .filter(({ opened_at }) => Date.now() - Date.parse(opened_at) > slowMs);
  return { count: orders.length + closings.length, closings };
}
