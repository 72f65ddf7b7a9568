import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { positionsQuery, squareOffsQuery, strategiesQuery } from '../../api/queries.ts';
import type { SquareOff, Today } from '../../api/types.ts';
import { Go } from '../../parts/go.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { type Coming, comingSquareOffs } from './coming-square-offs.ts';
import { Preview } from './square-off-preview.tsx';

/** What is squared off today: what was, with how it ended, and what comes, with what it would close. */
export function SquareOffsToday({ today }: { today: Today }) {
  const { data: strategies = [] } = useQuery(strategiesQuery);
  const { data: positions = [] } = useQuery(positionsQuery);
  const [looked, setLooked] = useState<Coming>();
  const { data } = useInfiniteQuery(squareOffsQuery({ date: today.date }));
  const done = (data?.pages ?? []).flatMap(({ rows }) => rows);
  const coming = comingSquareOffs({ strategies, positions, done, now: today.now });
  if (done.length + coming.length === 0) {
    return <Text size="sm">No intraday strategy is squared off today.</Text>;
  }
  return (
    <>
      {coming.length > 0 && (
        <PlainTable
          label="Square-offs to come"
          rows={coming}
          columns={comingColumns(setLooked)}
          keyOf={({ id }) => String(id)}
        />
      )}
      {done.length > 0 && (
        <PlainTable
          label="Square-offs so far"
          rows={done}
          columns={doneColumns}
          keyOf={({ id }) => String(id)}
        />
      )}
      {looked !== undefined && <Preview strategy={looked} close={() => setLooked(undefined)} />}
    </>
  );
}

const comingColumns = (look: (one: Coming) => void): readonly PlainColumn<Coming>[] => [
  { title: 'At', show: ({ time }) => time },
  { title: 'In', show: ({ inMinutes }) => countdown(inMinutes) },
  { title: 'Strategy', show: ({ id, name }) => <Go to={`/strategy/${id}`}>{name}</Go> },
  { title: 'Would close', show: ({ closes }) => closes.join(', ') || 'nothing' },
  {
    title: 'Preview',
    show: (one) => (
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => look(one)}
        aria-label={`Preview of ${one.name}`}
      >
        Preview
      </Button>
    ),
  },
];

const doneColumns: readonly PlainColumn<SquareOff>[] = [
  { title: 'At', show: ({ due_time }) => due_time },
  { title: 'State', show: ({ status }) => <StateBadge state={status} /> },
  {
    title: 'Strategy',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  { title: 'Exits', show: ({ exits, detail }) => <span title={detail ?? ''}>{exits}</span> },
];

/** `2 h 05 min` */
function countdown(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(hours > 0 ? 2 : 1, '0');
  return hours > 0 ? `${hours} h ${rest} min` : `${rest} min`;
}
