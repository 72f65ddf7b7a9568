import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { orderQuery, signalQuery, strategiesQuery } from '../../api/queries.ts';
import type { SignalStory } from '../../api/types.ts';
import { Asked } from '../../parts/asked.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { OrderStoryView } from '../orders/order-story.tsx';
import { CheckList } from './check-list.tsx';
import { Replay } from './replay.tsx';

/** A signal from its bytes to the fills: why did my alert (not) trade? */
export function SignalPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const query = useQuery(signalQuery(id));
  return (
    <Page title="Signal">
      <Asked query={query}>{(signal) => <Story signal={signal} />}</Asked>
    </Page>
  );
}

function Story({ signal }: { signal: SignalStory }) {
  return (
    <Stack>
      <Card withBorder>
        <Stack>
          <Facts
            facts={{
              Received: <When at={signal.received_at} exact />,
              Verdict: <StateBadge state={signal.verdict} />,
              Strategy: <StrategyLink id={signal.strategy_id} />,
              'Answered with': `HTTP ${signal.http_status}${signal.code ? `, ${signal.code}` : ''}`,
              From: signal.source_address,
              'Content type': signal.content_type,
              'Key of the sender': signal.idempotency_key,
              Repeats: signal.duplicate_of && (
                <Go to={`/signals/${signal.duplicate_of}`}>an earlier signal</Go>
              ),
            }}
          />
          <CopyText label="The message, as it came" text={signal.body} />
        </Stack>
      </Card>
      <CheckList signal={signal} />
      <Refused signal={signal} />
      <Notes notes={signal.notes} />
      <Replay signal={signal} />
      <Title order={2} size="h4">
        {signal.orders.length === 0 ? 'No order came of it' : 'What came of it'}
      </Title>
      {signal.orders.map(({ id }) => (
        <OrderOf key={id} id={id} />
      ))}
    </Stack>
  );
}

function StrategyLink({ id }: { id: number }) {
  const { data: strategies = [] } = useQuery(strategiesQuery);
  const name = strategies.find((one) => one.id === id)?.name;
  return <Go to={`/strategy/${id}`}>{name ?? `strategy ${id}`}</Go>;
}

function OrderOf({ id }: { id: string }) {
  const query = useQuery(orderQuery(id));
  return <Asked query={query}>{(order) => <OrderStoryView order={order} />}</Asked>;
}

function Refused({ signal: { refused } }: { signal: SignalStory }) {
  if (refused.length === 0) return null;
  return (
    <Alert color="orange" title="What was not done, and why">
      {refused.map(({ symbol, code, error }) => (
        <Text size="sm" key={`${symbol} ${code}`}>
          {symbol !== null && <strong>{symbol}: </strong>}
          {error} ({code})
        </Text>
      ))}
    </Alert>
  );
}

function Notes({ notes }: { notes: readonly unknown[] }) {
  if (notes.length === 0) return null;
  return (
    <Alert color="blue" title="Noted">
      {notes.map((note) => {
        const text = typeof note === 'string' ? note : JSON.stringify(note);
        return (
          <Text size="sm" key={text}>
            {text}
          </Text>
        );
      })}
    </Alert>
  );
}
