import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { problemText } from '../../api/problem.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { MayTrade } from '../../parts/may-trade.tsx';

interface Decision {
  placed?: string;
  not_placed?: true;
}

/** The two decisions about an order whose fate cannot be found out. */
export function Settle({ order }: { order: { id: string } }) {
  return (
    <MayTrade>
      <SettleForm order={order} />
    </MayTrade>
  );
}

function SettleForm({ order }: { order: { id: string } }) {
  const [placed, setPlaced] = useState('');
  const change = useChange({
    call: async (json: Decision) =>
      await dataIn(await client.orders[':id'].settle.$post({ param: { id: order.id }, json })),
    touches: [['orders'], ['order', order.id], ['needs-you']],
    done: ({ status }) => tellDone(`The order is ${status.replaceAll('_', ' ')} now`),
    failed: () => undefined,
  });
  return (
    <Alert color="orange" title="Did it reach the broker?">
      <Stack gap="xs">
        <Text size="sm">
          Look into the broker's order book. Your word is final, and written to the audit log; the
          order is never sent again.
        </Text>
        <Group align="end">
          <TextInput
            label="Its number at the broker"
            value={placed}
            onChange={(event) => setPlaced(event.currentTarget.value)}
            error={change.error === null ? undefined : problemText(change.error)}
          />
          <Button
            disabled={placed.trim() === ''}
            loading={change.isPending}
            onClick={() => change.mutate({ placed: placed.trim() })}
          >
            It was placed
          </Button>
          <Button
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ not_placed: true })}
          >
            It was not placed
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
