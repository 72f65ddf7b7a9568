import { Accordion, Card, Code, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import type { OrderStory } from '../../api/types.ts';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { Settle } from '../needs-you/settle.tsx';
import { filledText, orderWords } from './order-columns.tsx';
import { stepsOf } from './order-steps.ts';

/** One order from its store to its end, each move to the millisecond. */
export function OrderStoryView({ order }: { order: OrderStory }) {
  return (
    <Card withBorder component="article" aria-label={orderWords(order)}>
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4">
            {orderWords(order)}
          </Title>
          <StateBadge state={order.status} />
        </Group>
        {order.reason !== null && <Text size="sm">{order.reason}</Text>}
        {order.status === 'indeterminate' && <Settle order={order} />}
        <Facts
          facts={{
            Strategy: <Go to={`/strategy/${order.strategy_id}`}>{order.strategy}</Go>,
            Where: `${order.exchange} ${order.product}`,
            'Role and lane': `${order.role}, ${order.lane}`,
            Filled: filledText(order),
            'Number at the broker': order.broker_order_id,
            Mode: order.mode,
            Attempts: order.attempt,
            Signal: order.signal_id && <Go to={`/signals/${order.signal_id}`}>its story</Go>,
            Order: <Go to={`/orders/${order.id}`}>{order.id}</Go>,
          }}
        />
        <Moves order={order} />
        <Attempts order={order} />
      </Stack>
    </Card>
  );
}

function Moves({ order }: { order: OrderStory }) {
  const steps = stepsOf(order);
  return (
    <Timeline active={steps.length} bulletSize={12} lineWidth={2}>
      {steps.map(({ key, word, at, why }) => (
        <Timeline.Item
          key={key}
          title={
            <Group gap="xs">
              <StateBadge state={word} />
              <When at={at} exact />
            </Group>
          }
        >
          {why !== null && (
            <Text size="xs" className="quiet">
              {why}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Attempts({ order }: { order: OrderStory }) {
  if (order.executions.length === 0) return null;
  return (
    <Accordion variant="contained">
      {order.executions.map((one) => (
        <Accordion.Item key={one.attempt} value={String(one.attempt)}>
          <Accordion.Control>
            Attempt {one.attempt}: {one.outcome ?? 'no answer yet'}
            {one.http_status !== null && `, HTTP ${one.http_status}`}
          </Accordion.Control>
          <Accordion.Panel>
            <Facts
              facts={{
                Claimed: <When at={one.claimed_at} exact />,
                Sent: <When at={one.sent_at} exact />,
                Answered: <When at={one.answered_at} exact />,
                Executor: one.executor,
              }}
            />
            {one.answer !== null && (
              <Code block mt="xs" className="wrapped" tabIndex={0}>
                {one.answer}
              </Code>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
