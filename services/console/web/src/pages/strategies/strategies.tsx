import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { strategiesQuery } from '../../api/queries.ts';
import type { ListedStrategy } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Go, GoButton } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
import { ActivitySwitch } from './activity-switch.tsx';

/** All strategies with their state; each can be turned on and off here. */
export function Strategies() {
  const query = useQuery(strategiesQuery);
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState('all');
  return (
    <Page
      title="Strategies"
      actions={
        <MayTrade>
          <GoButton to="/strategy/new">New strategy</GoButton>
        </MayTrade>
      }
    >
      <Group>
        <TextInput
          aria-label="Search by name, account or platform"
          placeholder="Search by name, account or platform"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={{ base: '100%', sm: 320 }}
        />
        <SegmentedControl
          aria-label="Which strategies"
          data={['all', 'on', 'off', 'intraday', 'positional']}
          value={only}
          onChange={setOnly}
        />
      </Group>
      <Asked query={query}>
        {(all) =>
          all.length === 0 ? (
            <None />
          ) : (
            <Table rows={all.filter((one) => fits(one, search, only))} />
          )
        }
      </Asked>
    </Page>
  );
}

function None() {
  return (
    <Nothing title="There are no strategies yet">
      A strategy is what signals are sent to: it says what may be traded, when, and on which
      account.
      <MayTrade>
        <GoButton to="/start">First steps</GoButton>
      </MayTrade>
    </Nothing>
  );
}

const columns = [
  {
    title: 'Name',
    show: (row: ListedStrategy) => <Go to={`/strategy/${row.id}`}>{row.name}</Go>,
  },
  { title: 'State', show: (row: ListedStrategy) => <ActivitySwitch strategy={row} /> },
  { title: 'Mode', show: (row: ListedStrategy) => row.trading_mode ?? 'by scan name' },
  { title: 'Platform', show: (row: ListedStrategy) => row.platform },
  { title: 'Account', show: (row: ListedStrategy) => row.account ?? '–' },
  {
    title: 'Square-off',
    show: (row: ListedStrategy) => (row.is_intraday ? (row.squareoff_time ?? '–') : 'positional'),
  },
  { title: 'Closes', show: (row: ListedStrategy) => scopeWords[row.position_scope] ?? '' },
];

const scopeWords: Record<string, string> = {
  strategy: 'its own position',
  account: "the account's position",
};

function Table({ rows }: { rows: readonly ListedStrategy[] }) {
  if (rows.length === 0) return <Nothing title="No strategy is like that" />;
  return (
    <PlainTable label="Strategies" rows={rows} columns={columns} keyOf={({ id }) => String(id)} />
  );
}

function fits(one: ListedStrategy, search: string, only: string): boolean {
  const text = `${one.name} ${one.account ?? ''} ${one.platform}`.toLowerCase();
  const kinds: Record<string, boolean> = {
    all: true,
    on: one.is_active,
    off: !one.is_active,
    intraday: one.is_intraday,
    positional: !one.is_intraday,
  };
  return text.includes(search.trim().toLowerCase()) && kinds[only] === true;
}
