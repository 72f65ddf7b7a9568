import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { Asked } from './asked.tsx';
import { type Column, Rows } from './rows.tsx';

interface LongListProps<Row> {
  label: string;
  query: UseInfiniteQueryResult<InfiniteData<{ rows: Row[]; next: string | null }>>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  minWidth?: string;
  /** Where there is none. */
  empty: ReactNode;
}

/** A list of the console that goes on as it is scrolled. */
export function LongList<Row>({ query, empty, ...rest }: LongListProps<Row>) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Asked query={query}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.rows);
        return rows.length === 0 ? empty : <Rows rows={rows} onEnd={onEnd} {...rest} />;
      }}
    </Asked>
  );
}
