import { Progress, Text } from '@mantine/core';
import type { Today } from '../../api/types.ts';
import { Go } from '../../parts/go.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';

type Lane = Today['lanes'][number];

/** Calls that the lane's rate allows in a minute. */
function allowedPerMinute({ interval_ms }: Lane): number {
  return Math.floor(60_000 / interval_ms);
}

const columns: readonly PlainColumn<Lane>[] = [
  {
    title: 'Account',
    show: ({ account_id, account }) => <Go to={`/accounts/${account_id}`}>{account}</Go>,
  },
  { title: 'Lane', show: ({ lane }) => lane },
  { title: 'Waiting', show: ({ queued }) => queued },
  { title: 'In flight', show: ({ in_flight }) => in_flight },
  {
    title: 'Rate used',
    show: (one) => {
      const allowed = allowedPerMinute(one);
      return (
        <>
          <Progress
            value={Math.min(100, (one.sent_last_minute / allowed) * 100)}
            size="sm"
            aria-label={`${one.sent_last_minute} of ${allowed} calls in the last minute`}
          />
          <Text size="xs" className="quiet figures">
            {one.sent_last_minute} of {allowed} a minute
          </Text>
        </>
      );
    },
  },
  { title: 'Drains in', show: ({ drains_in_s }) => `${drains_in_s} s` },
];

/** What waits on each lane, and how long that takes. */
export function Lanes({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <PlainTable
      label="Lanes"
      rows={lanes}
      columns={columns}
      keyOf={({ account_id, lane }) => `${account_id} ${lane}`}
    />
  );
}
