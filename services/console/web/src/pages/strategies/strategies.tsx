import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { strategiesQuery, todayQuery } from '../../api/queries.ts';
import type { ListedStrategy, Today } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Go, GoButton } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { When } from '../../parts/when.tsx';
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
          size="xs"
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

const scopeWords: Record<string, string> = {
  strategy: 'its own position',
  account: "the account's position",
};

type StrategyDay = Today['strategies'][number];

/** Columns, with what each strategy had today. */
function columnsWith(days: readonly StrategyDay[]): readonly PlainColumn<ListedStrategy>[] {
  const dayOf = ({ id }: ListedStrategy) => days.find(({ strategy_id }) => strategy_id === id);
  return [
    { title: 'Name', show: ({ id, name }) => <Go to={`/strategy/${id}`}>{name}</Go> },
    { title: 'State', show: (row) => <ActivitySwitch strategy={row} /> },
    { title: 'Mode', show: ({ trading_mode: mode }) => mode ?? 'by scan name' },
    { title: 'Window', show: windowText },
    { title: 'Today', show: (row) => dayText(dayOf(row)) },
    { title: 'Last signal', show: (row) => <When at={dayOf(row)?.last_signal_at ?? null} /> },
    { title: 'From', show: ({ platform }) => platform },
    { title: 'Account', show: ({ account }) => account ?? '–' },
    { title: 'Closes', show: ({ position_scope: scope }) => scopeWords[scope] ?? '' },
  ];
}

/** `09:20 to 15:00, square-off 15:10` */
function windowText(row: ListedStrategy): string {
  if (!row.is_intraday) return 'positional: any time';
  return `${row.start_time} to ${row.end_time}, square-off ${row.squareoff_time}`;
}

/** `3 signals, 1 refused; 2 orders, 1 filled` */
function dayText(day: StrategyDay | undefined): string {
  if (day === undefined) return 'nothing yet';
  const { signals, refused, orders, filled } = day;
  const signalText = counted(signals, 'signal') + (refused > 0 ? `, ${refused} refused` : '');
  return orders === 0 ? signalText : `${signalText}; ${counted(orders, 'order')}, ${filled} filled`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function Table({ rows }: { rows: readonly ListedStrategy[] }) {
  const { data: today } = useQuery(todayQuery);
  if (rows.length === 0) return <Nothing title="No strategy is like that" />;
  return (
    <PlainTable
      label="Strategies"
      rows={rows}
      columns={columnsWith(today?.strategies ?? [])}
      keyOf={({ id }) => String(id)}
    />
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
