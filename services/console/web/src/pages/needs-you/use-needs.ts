import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { closingsQuery, ordersQuery, positionsQuery } from '../../api/queries.ts';
import type { Closing, Position } from '../../api/types.ts';

/** A closing usually ends within seconds; after this long a person should know (ms). */
const slowMs = 60_000;

interface Needs {
  count: number;
  /** Open for longer than usual, or failed with something still held. */
  closings: Closing[];
}

/** How many things wait for a person; the menu shows it on every page. */
export function useNeeds(): Needs {
  const indeterminate = useInfiniteQuery(ordersQuery({ status: 'indeterminate' }));
  const awaiting = useInfiniteQuery(ordersQuery({ status: 'awaiting_approval' }));
  const open = useInfiniteQuery(closingsQuery({ status: 'open' }));
  const failed = useInfiniteQuery(closingsQuery({ status: 'failed' }));
  const { data: positions = [] } = useQuery(positionsQuery);
  const slow = rowsOf(open).filter(({ opened_at: at }) => Date.now() - Date.parse(at) > slowMs);
  const closings = [
    ...slow,
    ...stillHeld({ failed: rowsOf(failed), open: rowsOf(open), positions }),
  ];
  const count = rowsOf(indeterminate).length + rowsOf(awaiting).length + closings.length;
  return { count, closings };
}

function rowsOf<Row>({ data }: { data: { pages: { rows: Row[] }[] } | undefined }): Row[] {
  return (data?.pages ?? []).flatMap(({ rows }) => rows);
}

interface Ended {
  failed: readonly Closing[];
  open: readonly Closing[];
  positions: readonly Position[];
}

/** The last failed closing of each place where something is held and nobody is closing it. */
function stillHeld({ failed, open, positions }: Ended): Closing[] {
  return positions.flatMap((position) => {
    if (position.own === 0 || open.some((one) => isOf(one, position))) return [];
    const last = failed.find((one) => isOf(one, position));
    return last === undefined ? [] : [last];
  });
}

function isOf(closing: Closing, position: Position): boolean {
  return (
    closing.strategy_id === position.strategy_id &&
    closing.exchange === position.exchange &&
    closing.symbol === position.symbol &&
    closing.product === position.product
  );
}
