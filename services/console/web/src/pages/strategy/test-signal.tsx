import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Strategy } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { useMay } from '../../api/use-may.ts';
import { exampleBody } from '../../messages/example-body.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Go } from '../../parts/go.tsx';
import { type Tried, TriedSignal } from '../../parts/tried-signal.tsx';

function firstBody(strategy: Strategy): string {
  const known = strategy.mappings.find(({ signal_symbol }) => signal_symbol !== '*');
  const body = exampleBody({
    platform: strategy.platform,
    tradingMode: strategy.trading_mode,
    hasSharedSecret: false,
    symbol: known?.signal_symbol ?? 'SBIN',
  });
  return JSON.stringify(body, null, 2);
}

/** What would this message do? Tried without trading, or sent for real. */
export function TestSignal({ strategy }: { strategy: Strategy }) {
  const may = useMay();
  const [body, setBody] = useState(() => firstBody(strategy));
  const [at, setAt] = useState('');
  const [tried, setTried] = useState<Tried>();
  const param = { id: String(strategy.id) };
  const change = useChange({
    call: async () => {
      const when = at === '' ? {} : { at: new Date(`${at}+05:30`).toISOString() };
      const json = { body, assume_active: true, ...when };
      return await dataIn(await client.strategy[':id'].try.$post({ param, json }));
    },
    touches: [],
    done: setTried,
  });
  return (
    <Stack maw={720}>
      <Textarea
        label="Message, as a sender would post it"
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
      />
      <TextInput
        label="As if it came at (empty: now), in Asia/Kolkata"
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        w={260}
      />
      <Group>
        <Button loading={change.isPending} onClick={() => change.mutate(undefined)}>
          Try it without trading
        </Button>
        {may.trade && <SendForReal strategy={strategy} body={body} />}
      </Group>
      {tried !== undefined && <TriedSignal tried={tried} />}
    </Stack>
  );
}

interface SendForRealProps {
  strategy: Strategy;
  body: string;
}

interface Answer {
  signal_id?: string;
  message?: string;
  error?: string;
  code?: string;
}

function SendForReal({ strategy, body }: SendForRealProps) {
  const [isOpen, setOpen] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const param = { id: String(strategy.id) };
  const act = async () => {
    const json = { body, signal_id: `console-${key}` };
    setAnswer(await dataIn(await client.strategy[':id'].send.$post({ param, json })));
    setKey(crypto.randomUUID());
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Button variant="light" color="red" onClick={() => setOpen(true)}>
        Send it for real
      </Button>
      <Confirm
        title="Send it for real"
        action="Send it"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={act}
      >
        <Text size="sm">
          It is decided and traded as if its sender had posted it now, on{' '}
          {strategy.account ?? 'no account'}.
        </Text>
      </Confirm>
      {answer !== undefined && (
        <Alert color={answer.error === undefined ? 'teal' : 'orange'} w="100%" role="status">
          <Text size="sm">
            {answer.message ?? answer.error} {answer.code !== undefined && `(${answer.code})`}{' '}
            {answer.signal_id !== undefined && (
              <Go to={`/signals/${answer.signal_id}`}>Follow its story</Go>
            )}
          </Text>
        </Alert>
      )}
    </>
  );
}
