import { useInfiniteQuery } from '@tanstack/react-query';
import { type SquareOffFilter, squareOffsQuery } from '../../api/queries.ts';
import type { SquareOff } from '../../api/types.ts';
import { Nothing } from '../../parts/asked.tsx';
import { FilterBar, pick, useFilter } from '../../parts/filter-bar.tsx';
import { Go } from '../../parts/go.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<SquareOff>[] = [
  { title: 'Session', width: '7rem', show: ({ session_date }) => session_date },
  { title: 'Due', width: '4rem', show: ({ due_time }) => due_time },
  {
    title: 'Strategy',
    width: 'minmax(9rem, 1fr)',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  { title: 'State', width: '8rem', show: ({ status }) => <StateBadge state={status} /> },
  { title: 'Exits', isDetail: true, width: '4rem', show: ({ exits }) => exits },
  { title: 'Ended', isDetail: true, width: '8rem', show: ({ ended_at }) => <When at={ended_at} /> },
  {
    title: 'Detail',
    isDetail: true,
    width: 'minmax(10rem, 2fr)',
    show: ({ detail }) => <span title={detail ?? ''}>{detail}</span>,
  },
];

export function SquareOffs() {
  const [search] = useFilter();
  const filter = pick<SquareOffFilter>(search, ['strategy', 'date']);
  const query = useInfiniteQuery(squareOffsQuery(filter));
  return (
    <Page title="Square-offs">
      <FilterBar choices={[{ name: 'date', label: 'Session date, YYYY-MM-DD' }]} />
      <LongList
        label="Square-offs"
        query={query}
        columns={columns}
        keyOf={({ id }) => String(id)}
        minWidth="56rem"
        empty={
          <Nothing title="No square-offs">
            An intraday strategy is squared off at its time, once a session.
          </Nothing>
        }
      />
    </Page>
  );
}
