import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { candidatesQuery, closingsQuery, orderQuery, ordersQuery } from '../../api/queries.ts';
import type { Closing, Order } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { orderWords } from '../orders/order-columns.tsx';
import { OrderStoryView } from '../orders/order-story.tsx';
import { useNeeds } from './use-needs.ts';

/** What Orderlane cannot decide by itself, and what it takes too long over. */
export function NeedsYou() {
  const indeterminate = useInfiniteQuery(ordersQuery({ status: 'indeterminate' }));
  const awaiting = useInfiniteQuery(ordersQuery({ status: 'awaiting_approval' }));
  const closings = useInfiniteQuery(closingsQuery({ status: 'open' }));
  const needs = useNeeds();
  return (
    <Page title="Needs you">
      <Asked query={indeterminate}>
        {(pages) => (
          <>
            {pages.pages
              .flatMap(({ rows }) => rows)
              .map((order) => (
                <Undecided key={order.id} order={order} />
              ))}
          </>
        )}
      </Asked>
      <Asked query={awaiting}>
        {(pages) => <Awaiting orders={pages.pages.flatMap(({ rows }) => rows)} />}
      </Asked>
      <Asked query={closings}>
        {() => (
          <>
            {needs.closings.map((closing) => (
              <Stuck key={closing.id} closing={closing} />
            ))}
          </>
        )}
      </Asked>
      {needs.count === 0 && (
        <Nothing title="Nothing needs you">
          Orders whose fate is unknown, approvals and closings that do not end are shown here.
        </Nothing>
      )}
    </Page>
  );
}

/** The order beside the rows that might be its own, and the two decisions. */
function Undecided({ order }: { order: Order }) {
  const story = useQuery(orderQuery(order.id));
  const rows = useQuery(candidatesQuery(order.id));
  return (
    <Stack gap="xs">
      <Asked query={story}>{(found) => <OrderStoryView order={found} />}</Asked>
      <Title order={2} size="h5">
        The account's order book shows for {order.symbol} today
      </Title>
      <Asked query={rows}>
        {(found) =>
          found.length === 0 ? (
            <Text size="sm">
              No row yet. An empty book proves nothing: look at the broker's own page too.
            </Text>
          ) : (
            <PlainTable
              label={`Order book rows of ${order.symbol}`}
              rows={found}
              columns={columns}
              keyOf={({ broker_order_id }) => broker_order_id}
            />
          )
        }
      </Asked>
    </Stack>
  );
}

interface BookRow {
  broker_order_id: string;
  action: string;
  quantity: number;
  product: string;
  status: string;
  filled_quantity: number;
  broker_time: string | null;
  first_seen_at: string;
  order_id: string | null;
  looks_like_it: boolean;
}

const columns = [
  { title: 'Number', show: (row: BookRow) => row.broker_order_id },
  { title: 'Order', show: (row: BookRow) => `${row.action} ${row.quantity} ${row.product}` },
  { title: 'State', show: (row: BookRow) => row.status },
  { title: 'Filled', show: (row: BookRow) => row.filled_quantity },
  { title: 'Broker time', show: (row: BookRow) => row.broker_time ?? '–' },
  { title: 'First seen', show: (row: BookRow) => <When at={row.first_seen_at} exact /> },
  {
    title: 'Whose',
    show: (row: BookRow) => {
      if (row.order_id !== null) return <Go to={`/orders/${row.order_id}`}>another order's</Go>;
      return row.looks_like_it ? <strong>might be this one</strong> : 'of nobody here';
    },
  },
];

function Awaiting({ orders }: { orders: readonly Order[] }) {
  return (
    <>
      {orders.map((order) => (
        <Card withBorder key={order.id}>
          <Group justify="space-between">
            <Text fw={600}>{orderWords(order)}</Text>
            <StateBadge state={order.status} />
          </Group>
          <Text size="sm">
            OpenAlgo is in semi-auto mode: approve or reject it there, in its action center.{' '}
            <Go to={`/orders/${order.id}`}>Its story</Go>
          </Text>
        </Card>
      ))}
    </>
  );
}

function Stuck({ closing }: { closing: Closing }) {
  return (
    <Card withBorder>
      <Group justify="space-between">
        <Text fw={600}>
          {closing.symbol} of {closing.strategy} is not closed yet
        </Text>
        <StateBadge state={closing.status} />
      </Group>
      <Text size="sm">
        Open since <When at={closing.opened_at} />, tried until <When at={closing.closes_at} />.{' '}
        {closing.detail} <Go to={`/strategy/${closing.strategy_id}`}>The strategy</Go>
      </Text>
    </Card>
  );
}
