import { Card, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { closingsQuery, ordersQuery } from '../../api/queries.ts';
import type { Order } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { orderWords } from '../orders/order-columns.tsx';
import { Stuck } from './stuck.tsx';
import { Undecided } from './undecided.tsx';
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
