import type { Today } from '../../api/types.ts';
import { PlainTable } from '../../parts/plain-table.tsx';

type Percentiles = Today['latency']['stored_to_sent'];

interface Row extends Percentiles {
  what: string;
}

const ms = (value: number | null) => (value === null ? '–' : `${Math.round(value)} ms`);

const columns = [
  { title: 'From … to', show: ({ what }: Row) => what },
  { title: 'Half within', show: ({ p50 }: Row) => ms(p50) },
  { title: '95 of 100 within', show: ({ p95 }: Row) => ms(p95) },
  { title: '99 of 100 within', show: ({ p99 }: Row) => ms(p99) },
];

export function Latency({ latency }: { latency: Today['latency'] }) {
  const rows = [
    { what: 'stored to sent', ...latency.stored_to_sent },
    { what: 'sent to answered', ...latency.sent_to_answered },
  ];
  return <PlainTable label="Latency" rows={rows} columns={columns} keyOf={({ what }) => what} />;
}
