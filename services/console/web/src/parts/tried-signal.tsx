import { Alert, Stack, Text } from '@mantine/core';
import { PlainTable } from './plain-table.tsx';

export interface Tried {
  at: string;
  http_status: number;
  code: string | null;
  message: string;
  orders: {
    symbol: string;
    exchange: string;
    product: string;
    role: string;
    lane: string;
    action: string;
    quantity: number;
    target_position: number | null;
  }[];
  refused: { symbol: string | null; code: string; error: string }[];
  notes: string[];
  held: { exchange: string; symbol: string; product: string; own: number; coming: number }[];
}

const columns = [
  { title: 'Symbol', show: (one: Tried['orders'][number]) => one.symbol },
  { title: 'Where', show: (one: Tried['orders'][number]) => `${one.exchange} ${one.product}` },
  { title: 'Role', show: (one: Tried['orders'][number]) => one.role },
  { title: 'Action', show: (one: Tried['orders'][number]) => one.action },
  {
    title: 'Quantity',
    show: (one: Tried['orders'][number]) =>
      one.target_position === null ? one.quantity : `to ${one.target_position}`,
  },
  { title: 'Lane', show: (one: Tried['orders'][number]) => one.lane },
];

/** What a signal would lead to: nothing of it was stored or sent. */
export function TriedSignal({ tried }: { tried: Tried }) {
  const isFine = tried.http_status === 200;
  return (
    <Stack gap="xs" role="status" aria-label="Verdict">
      <Alert
        color={isFine ? 'teal' : 'orange'}
        title={isFine ? 'It would be taken' : 'It would be refused'}
      >
        <Text size="sm">
          {tried.message} {tried.code !== null && `(${tried.code})`}
        </Text>
        {tried.refused.map(({ symbol, code, error }) => (
          <Text size="sm" key={`${symbol} ${code}`}>
            {symbol} {error} ({code})
          </Text>
        ))}
        {tried.notes.map((note) => (
          <Text size="sm" key={note}>
            {note}
          </Text>
        ))}
      </Alert>
      {tried.orders.length > 0 && (
        <PlainTable
          label="Orders it would lead to"
          rows={tried.orders}
          columns={columns}
          keyOf={({ exchange, symbol, action }) => `${exchange} ${symbol} ${action}`}
        />
      )}
      {tried.held.map(({ symbol, own, coming }) => (
        <Text size="xs" key={symbol} className="quiet">
          It holds {own} {symbol} now, and {coming} more may still come.
        </Text>
      ))}
    </Stack>
  );
}
