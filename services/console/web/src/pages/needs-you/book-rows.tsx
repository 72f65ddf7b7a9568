import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { candidatesQuery } from '../../api/queries.ts';
import type { BookRow } from '../../api/types.ts';
import { useMay } from '../../api/use-may.ts';
import { Asked } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Go } from '../../parts/go.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { When } from '../../parts/when.tsx';
import { settleOrder } from './settle.tsx';

interface BookRowsProps {
  order: { id: string; symbol: string };
  /** The order in words. */
  words: string;
}

/** What the account's order book shows that might be an order, each to be chosen. */
export function BookRows({ order, words }: BookRowsProps) {
  const query = useQuery(candidatesQuery(order.id));
  const may = useMay();
  const [chosen, setChosen] = useState<BookRow>();
  return (
    <Asked query={query}>
      {(rows) => (
        <>
          {rows.length === 0 ? (
            <Text size="sm">
              No row yet. An empty book proves nothing: look at the broker's own page too.
            </Text>
          ) : (
            <PlainTable
              label={`Order book rows of ${order.symbol}`}
              rows={rows}
              columns={may.trade ? [...columns, choose(setChosen)] : columns}
              keyOf={({ broker_order_id }) => broker_order_id}
            />
          )}
          {chosen !== undefined && (
            <Confirm
              title={`It is ${chosen.broker_order_id}`}
              action="It was placed as this one"
              color="lane"
              isOpen
              close={() => setChosen(undefined)}
              act={async () => await settleOrder(order.id, { placed: chosen.broker_order_id })}
            >
              <Text size="sm">
                {words} is then the broker's {chosen.action} {chosen.quantity} {chosen.product},{' '}
                {chosen.status}. Your word is final.
              </Text>
            </Confirm>
          )}
        </>
      )}
    </Asked>
  );
}

const columns: readonly PlainColumn<BookRow>[] = [
  { title: 'Number', show: ({ broker_order_id }) => broker_order_id },
  { title: 'Order', show: ({ action, quantity, product }) => `${action} ${quantity} ${product}` },
  {
    title: 'State',
    show: ({ status, filled_quantity: filled }) => (filled > 0 ? `${status}, ${filled}` : status),
  },
  {
    title: 'At the broker',
    show: ({ broker_time: time, first_seen_at: seen }) => time ?? <When at={seen} />,
  },
  {
    title: 'Whose',
    show: ({ order_id: owner, looks_like_it: isLike }) => {
      if (owner !== null) return <Go to={`/orders/${owner}`}>another order's</Go>;
      return isLike ? <strong>might be this one</strong> : 'of nobody here';
    },
  },
];

/** A row that is another order's is no choice. */
function choose(pick: (row: BookRow) => void): PlainColumn<BookRow> {
  return {
    title: 'Choose',
    show: (row) =>
      row.order_id === null ? (
        <Button
          size="compact-xs"
          variant={row.looks_like_it ? 'filled' : 'default'}
          onClick={() => pick(row)}
          aria-label={`This one: ${row.broker_order_id}`}
        >
          This one
        </Button>
      ) : (
        '–'
      ),
  };
}
