import { Alert, Button, Card, Group, Select, Stack, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Strategy } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { messagesFor } from '../../messages/messages.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Go } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';

/** Whether nobody outside of this machine can call it. */
function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** The address to paste, and the message for each sender. */
export function WebhookAndMessages({ strategy }: { strategy: Strategy }) {
  const { webhook_url: url } = strategy;
  if (url === null) {
    return (
      <Alert color="blue">
        <Text size="sm">Who knows its address can trade: it is shown to those who may.</Text>
      </Alert>
    );
  }
  return (
    <Stack>
      {isLocal(url) && (
        <Alert color="orange" title="Only this machine can call it yet">
          <Text size="sm">
            TradingView and ChartInk need a public address (PUBLIC_URL).{' '}
            <Go to="/reach">Let TradingView reach you</Go>
          </Text>
        </Alert>
      )}
      <Card withBorder>
        <Stack>
          <CopyText
            label="Webhook"
            text={url}
            hint="Who knows this address can trade: give it to nobody else."
          />
          <MayTrade>
            <Group>
              <Rotate strategy={strategy} />
              <Secret strategy={strategy} />
            </Group>
          </MayTrade>
        </Stack>
      </Card>
      <Messages strategy={strategy} url={url} />
    </Stack>
  );
}

function Messages({ strategy, url }: { strategy: Strategy; url: string }) {
  const messages = messagesFor({
    platform: strategy.platform,
    tradingMode: strategy.trading_mode,
    webhookUrl: url,
    alertBody: strategy.alert_body,
    hasSharedSecret: strategy.has_shared_secret,
    symbol:
      strategy.mappings.find(({ signal_symbol }) => signal_symbol !== '*')?.signal_symbol ?? 'SBIN',
  });
  const [sender, setSender] = useState(messages[0]?.sender ?? '');
  const chosen = messages.find((message) => message.sender === sender);
  return (
    <Card withBorder>
      <Stack>
        <Select
          label="The message for"
          data={messages.map((message) => message.sender)}
          value={sender}
          onChange={(value) => setSender(value ?? sender)}
          allowDeselect={false}
          w={220}
        />
        {chosen?.parts.map((part) => (
          <CopyText key={part.label} {...part} />
        ))}
      </Stack>
    </Card>
  );
}

function Rotate({ strategy }: { strategy: Strategy }) {
  const [isOpen, setOpen] = useState(false);
  const act = async () => {
    const param = { id: String(strategy.id) };
    await dataIn(await client.strategy[':id'].rotate.$post({ param }));
    await queryClient.invalidateQueries({ queryKey: ['strategy', param.id] });
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Give it another address
      </Button>
      <Confirm
        title="Another address"
        action="Give it another address"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={act}
      >
        <Text size="sm">
          The address of today is unknown from then on: paste the new one into every alert that uses
          it.
        </Text>
      </Confirm>
    </>
  );
}

function Secret({ strategy }: { strategy: Strategy }) {
  const [made, setMade] = useState<string>();
  const param = { id: String(strategy.id) };
  const change = useChange({
    call: async (json: { secret?: null }) =>
      await dataIn(await client.strategy[':id'].secret.$post({ param, json })),
    touches: [['strategy', param.id]],
    done: ({ secret }) => setMade(secret ?? undefined),
  });
  return (
    <>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate({})}>
        {strategy.has_shared_secret ? 'Make another secret' : 'Ask senders for a secret too'}
      </Button>
      {strategy.has_shared_secret && (
        <Button variant="default" onClick={() => change.mutate({ secret: null })}>
          Ask for no secret
        </Button>
      )}
      {made !== undefined && (
        <CopyText
          label="The secret"
          text={made}
          hint="Shown this once. It goes into the field secret of the message."
        />
      )}
    </>
  );
}
