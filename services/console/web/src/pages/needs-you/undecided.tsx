import { Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orderQuery } from '../../api/queries.ts';
import type { Order } from '../../api/types.ts';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { orderWords } from '../orders/order-columns.tsx';
import { BookRows } from './book-rows.tsx';
import { Settle } from './settle.tsx';

/** The order beside the rows that might be its own, and the two decisions. */
export function Undecided({ order }: { order: Order }) {
  const words = orderWords(order);
  return (
    <Card withBorder component="article" aria-label={words}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {words}
        </Title>
        <StateBadge state={order.status} />
      </Group>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Sent order={order} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="sm">
            <Title order={3} size="h5">
              What the account's order book shows for {order.symbol} today
            </Title>
            <BookRows order={order} words={words} />
            <Settle order={order} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Card>
  );
}

function Sent({ order }: { order: Order }) {
  const { data: story } = useQuery(orderQuery(order.id));
  const last = story?.executions.at(-1);
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        What was sent
      </Title>
      <Facts
        cols={2}
        facts={{
          Order: `${order.action} ${order.quantity} ${order.symbol}`,
          Where: `${order.exchange} ${order.product}`,
          Role: order.role,
          Strategy: <Go to={`/strategy/${order.strategy_id}`}>{order.strategy}</Go>,
          Sent: <When at={last?.sent_at ?? order.sent_at} exact />,
          Answered: last?.answered_at == null ? 'never' : <When at={last.answered_at} exact />,
        }}
      />
      {order.reason !== null && (
        <Text size="sm" className="wrapped">
          Why nobody knows: {order.reason}
        </Text>
      )}
      <Go to={`/orders/${order.id}`}>Its whole story</Go>
    </Stack>
  );
}
