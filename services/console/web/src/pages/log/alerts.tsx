import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../api/queries.ts';
import type { Alert } from '../../api/types.ts';
import { Nothing } from '../../parts/asked.tsx';
import { Go } from '../../parts/go.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<Alert>[] = [
  { title: 'Last', width: '8rem', show: ({ last_at }) => <When at={last_at} /> },
  { title: 'Code', width: '11rem', show: ({ code }) => code },
  {
    title: 'What happened',
    width: 'minmax(16rem, 3fr)',
    show: ({ text }) => <span title={text}>{text}</span>,
  },
  { title: 'Times', width: '3.5rem', show: ({ count }) => count },
  { title: 'About', width: '7rem', show: (alert) => <About alert={alert} /> },
  {
    title: 'Sent',
    width: '8rem',
    show: ({ sent_at }) => (sent_at === null ? 'not yet' : <When at={sent_at} />),
  },
];

function About({ alert }: { alert: Alert }) {
  if (alert.order_id !== null) return <Go to={`/orders/${alert.order_id}`}>the order</Go>;
  if (alert.signal_id !== null) return <Go to={`/signals/${alert.signal_id}`}>the signal</Go>;
  if (alert.strategy_id !== null)
    return <Go to={`/strategy/${alert.strategy_id}`}>the strategy</Go>;
  if (alert.account_id !== null) return <Go to={`/accounts/${alert.account_id}`}>the account</Go>;
  return <>everything</>;
}

export function Alerts() {
  const query = useInfiniteQuery(alertsQuery);
  return (
    <Page title="Alerts">
      <Text size="sm">
        Alerts go to the targets of the configuration: TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_ID, or
        ALERT_WEBHOOK_URL. One that says "not yet" found no target.
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
