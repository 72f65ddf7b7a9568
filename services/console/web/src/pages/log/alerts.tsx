import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../api/queries.ts';
import type { Alert } from '../../api/types.ts';
import { AboutAlert } from '../../parts/about-alert.tsx';
import { Nothing } from '../../parts/asked.tsx';
import { Go } from '../../parts/go.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<Alert>[] = [
  { title: 'Last', width: '8rem', narrow: '4.2rem', show: ({ last_at }) => <When at={last_at} /> },
  { title: 'Code', isDetail: true, width: '11rem', show: ({ code }) => code },
  {
    title: 'What happened',
    width: 'minmax(16rem, 3fr)',
    show: ({ text }) => <span title={text}>{text}</span>,
  },
  { title: 'Times', isDetail: true, width: '3.5rem', show: ({ count }) => count },
  {
    title: 'About',
    width: '7rem',
    narrow: '5.5rem',
    show: (alert) => <AboutAlert alert={alert} />,
  },
  {
    title: 'Sent',
    isDetail: true,
    width: '8rem',
    show: ({ sent_at }) => (sent_at === null ? 'not yet' : <When at={sent_at} />),
  },
];

export function Alerts() {
  const query = useInfiniteQuery(alertsQuery);
  return (
    <Page title="Alerts">
      <Text size="sm">
        You are told here, and by Telegram or a webhook where one is set:{' '}
        <Go to="/alert-targets">who is told, and a test</Go>.
      </Text>
      <LongList
        label="Alerts"
        query={query}
        columns={columns}
        keyOf={({ id }) => String(id)}
        minWidth="56rem"
        empty={
          <Nothing title="No alerts">
            You are told here, and where you asked to be, when something needs a person.
          </Nothing>
        }
      />
    </Page>
  );
}
