import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Position } from '../../api/types.ts';
import { useMay } from '../../api/use-may.ts';
import { Go } from '../../parts/go.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { AccountBook } from './account-book.tsx';
import { ExitNow } from './exit-now.tsx';

interface PositionTableProps {
  rows: readonly Position[];
}

const columns: readonly PlainColumn<Position>[] = [
  {
    title: 'Strategy',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  { title: 'Symbol', show: ({ symbol }) => symbol },
  { title: 'Where', show: ({ exchange, product }) => `${exchange} ${product}` },
  { title: 'Mode', show: ({ mode }) => <StateBadge state={mode} /> },
  { title: 'Own', show: ({ own }) => own },
  { title: 'Coming', show: ({ coming }) => coming },
  { title: 'Account', show: (row) => <AccountBook position={row} /> },
  { title: 'Moved', show: ({ updated_at }) => <When at={updated_at} /> },
];

/** Own positions beside the account's, each with its way out. */
export function PositionTable({ rows }: PositionTableProps) {
  const may = useMay();
  const [leaving, setLeaving] = useState<Position>();
  const exit: PlainColumn<Position> = {
    title: 'Exit',
    show: (row) => (
      <Button
        size="compact-xs"
        color="red"
        variant="light"
        onClick={() => setLeaving(row)}
        aria-label={`Exit now: ${row.symbol} of ${row.strategy}`}
      >
        Exit now
      </Button>
    ),
  };
  return (
    <Group>
      <PlainTable
        label="Positions"
        rows={rows}
        columns={may.trade ? [...columns, exit] : columns}
        keyOf={({ strategy_id, exchange, symbol, product, mode }) =>
          [strategy_id, exchange, symbol, product, mode].join(' ')
        }
      />
      {leaving !== undefined && (
        <ExitNow
          strategy={{ id: leaving.strategy_id, name: leaving.strategy }}
          symbol={leaving.symbol}
          close={() => setLeaving(undefined)}
        />
      )}
    </Group>
  );
}
