import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Closing } from '../../api/types.ts';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { ExitNow } from '../positions/exit-now.tsx';

/** A closing that does not end, or ended without being flat: what was tried, and what was said. */
export function Stuck({ closing }: { closing: Closing }) {
  const [isLeaving, setLeaving] = useState(false);
  const { strategy_id: id, strategy: name, symbol, status, told } = closing;
  const hasFailed = status === 'failed';
  return (
    <Card withBorder component="article" aria-label={`Closing of ${symbol}`}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {symbol} of {name} {hasFailed ? 'could not be closed' : 'is not closed yet'}
          </Title>
          <StateBadge state={status} />
        </Group>
        <Facts
          facts={{
            Strategy: <Go to={`/strategy/${id}`}>{name}</Go>,
            Where: `${closing.exchange} ${closing.product}`,
            'Open since': <When at={closing.opened_at} />,
            [hasFailed ? 'Given up' : 'Tried until']: (
              <When at={hasFailed ? closing.ended_at : closing.closes_at} />
            ),
            'Orders sent for it': closing.attempts,
            'What was said': closing.reason,
          }}
        />
        {closing.detail !== null && <Text size="sm">{closing.detail}</Text>}
        <Text size="sm">
          {hasFailed
            ? 'It is still held. Close it here once more, or at the broker: what is gone there is noticed.'
            : 'It is tried again and again. If you close it at the broker yourself, that is noticed and it ends.'}
          {told.length > 0 && ` You were told ${told.length} times.`}
        </Text>
        {hasFailed && (
          <MayTrade>
            <Button color="red" w="fit-content" onClick={() => setLeaving(true)}>
              Exit now
            </Button>
          </MayTrade>
        )}
        {isLeaving && (
          <ExitNow strategy={{ id, name }} symbol={symbol} close={() => setLeaving(false)} />
        )}
      </Stack>
    </Card>
  );
}
