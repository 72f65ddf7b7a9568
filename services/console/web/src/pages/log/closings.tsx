import { useInfiniteQuery } from '@tanstack/react-query';
import { type ClosingFilter, closingsQuery } from '../../api/queries.ts';
import type { Closing } from '../../api/types.ts';
import { Nothing } from '../../parts/asked.tsx';
import { FilterBar, pick, useFilter } from '../../parts/filter-bar.tsx';
import { Go } from '../../parts/go.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<Closing>[] = [
  { title: 'Opened', width: '8rem', show: ({ opened_at }) => <When at={opened_at} /> },
  { title: 'Symbol', width: 'minmax(8rem, 1fr)', show: ({ symbol }) => symbol },
  { title: 'State', width: '8rem', show: ({ status }) => <StateBadge state={status} /> },
  {
    title: 'Asked by',
    isDetail: true,
    width: '8rem',
    show: ({ cause }) => cause.replaceAll('_', ' '),
  },
  {
    title: 'Strategy',
    width: 'minmax(8rem, 1fr)',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  { title: 'Ended', isDetail: true, width: '8rem', show: ({ ended_at }) => <When at={ended_at} /> },
  {
    title: 'Detail',
    isDetail: true,
    width: 'minmax(10rem, 2fr)',
    show: ({ detail }) => <span title={detail ?? ''}>{detail}</span>,
  },
];

export function Closings() {
  const [search] = useFilter();
  const filter = pick<ClosingFilter>(search, ['status', 'strategy']);
  return (
    <Page title="Closings">
      <FilterBar
        choices={[
          {
            name: 'status',
            label: 'State',
            options: ['open', 'verified', 'nothing_open', 'failed'],
          },
        ]}
      />
      <ClosingList filter={filter} />
    </Page>
  );
}

export function ClosingList({ filter }: { filter: ClosingFilter }) {
  const query = useInfiniteQuery(closingsQuery(filter));
  return (
    <LongList
      label="Closings"
      query={query}
      columns={columns}
      keyOf={({ id }) => id}
      minWidth="60rem"
      empty={
        <Nothing title="No closings">
          Every exit, whoever asked for it, is worked on here until it is proved flat.
        </Nothing>
      }
    />
  );
}
