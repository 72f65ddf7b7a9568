import { useInfiniteQuery } from '@tanstack/react-query';
import { type SignalFilter, signalsQuery } from '../../api/queries.ts';
import type { Signal } from '../../api/types.ts';
import { Nothing } from '../../parts/asked.tsx';
import { FilterBar, pick, useFilter } from '../../parts/filter-bar.tsx';
import { Go } from '../../parts/go.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<Signal>[] = [
  {
    title: 'Received',
    width: '8rem',
    narrow: '4.2rem',
    show: ({ id, received_at }) => (
      <Go to={`/signals/${id}`}>
        <When at={received_at} />
      </Go>
    ),
  },
  {
    title: 'Verdict',
    width: '9rem',
    narrow: '6rem',
    show: ({ verdict }) => <StateBadge state={verdict} />,
  },
  {
    title: 'Strategy',
    isDetail: true,
    width: 'minmax(9rem, 1fr)',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  { title: 'Answer', isDetail: true, width: '4rem', show: ({ http_status }) => http_status },
  {
    title: 'Why',
    width: 'minmax(14rem, 2fr)',
    show: ({ refused, code }) => {
      const why = refused.map(({ symbol, error }) => `${symbol ?? ''} ${error}`.trim()).join('; ');
      return <span title={why}>{why || code}</span>;
    },
  },
];

export function Signals() {
  const [search] = useFilter();
  const filter = pick<SignalFilter>(search, ['status', 'symbol', 'strategy', 'code']);
  return (
    <Page title="Signals">
      <FilterBar
        choices={[
          {
            name: 'status',
            label: 'Verdict',
            options: ['queued', 'nothing_to_do', 'refused', 'duplicate'],
          },
          { name: 'symbol', label: 'Symbol' },
        ]}
      />
      <SignalList filter={filter} />
    </Page>
  );
}

export function SignalList({ filter }: { filter: SignalFilter }) {
  const query = useInfiniteQuery(signalsQuery(filter));
  return (
    <LongList
      label="Signals"
      query={query}
      columns={columns}
      keyOf={({ id }) => id}
      minWidth="54rem"
      empty={
        <Nothing title="No signals">
          Whatever reaches a webhook is here, refused or not, with the reason.
        </Nothing>
      }
    />
  );
}
