import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { problemText } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';

interface Decision {
  placed?: string;
  not_placed?: true;
}

interface Undecided {
  id: string;
  symbol: string;
}

/** A person's word about an order; the lists are read anew. @throws when it is refused */
export async function settleOrder(id: string, json: Decision): Promise<void> {
  const call = await client.orders[':id'].settle.$post({ param: { id }, json });
  const { status } = await dataIn(call);
  tellDone(`The order is ${status.replaceAll('_', ' ')} now`);
  await Promise.all(
    [['orders'], ['order', id]].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );
}

/** The two decisions about an order whose fate cannot be found out. */
export function Settle({ order }: { order: Undecided }) {
  return (
    <MayTrade>
      <Alert color="orange" title="Did it reach the broker?">
        <Stack gap="xs">
          <Text size="sm">
            Look into the broker's order book. Your word is final, and written to the audit log; the
            order is never sent again.
          </Text>
          <Placed order={order} />
          <NotPlaced order={order} />
        </Stack>
      </Alert>
    </MayTrade>
  );
}

function Placed({ order }: { order: Undecided }) {
  const [number, setNumber] = useState('');
  const change = useChange({
    call: async (placed: string) => await settleOrder(order.id, { placed }),
    touches: [],
    failed: () => undefined,
  });
  return (
    <Group align="end">
      <TextInput
        label="Its number at the broker"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={change.error === null ? undefined : problemText(change.error)}
      />
      <Button
        disabled={number.trim() === ''}
        loading={change.isPending}
        onClick={() => change.mutate(number.trim())}
      >
        It was placed
      </Button>
    </Group>
  );
}

function NotPlaced({ order: { id, symbol } }: { order: Undecided }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" w="fit-content" onClick={() => setOpen(true)}>
        It was not placed
      </Button>
      <Confirm
        title="It was not placed"
        action="It was not placed"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={async () => await settleOrder(id, { not_placed: true })}
      >
        <Text size="sm">
          The strategy then counts on no {symbol} from this order. If the broker has it after all,
          you hold something that nobody here will close.
        </Text>
      </Confirm>
    </>
  );
}
