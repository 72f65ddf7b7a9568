import { Button, Card, Stack, Text, Title } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { accountQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { AccountDetail } from '../../api/types.ts';
import { Asked } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { GoButton } from '../../parts/go.tsx';
import { type Held, HeldChoice } from '../../parts/held-choice.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { AccountControls } from './account-controls.tsx';
import { stateOf } from './accounts.tsx';
import { TradingOn } from './trading-on.tsx';

export function AccountPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const query = useQuery(accountQuery(id));
  return <Asked query={query}>{(account) => <Shown account={account} />}</Asked>;
}

function Shown({ account }: { account: AccountDetail }) {
  return (
    <Page
      title={account.name}
      actions={
        <MayTrade>
          <GoButton to={`/accounts/${account.id}/edit`} variant="default">
            Edit
          </GoButton>
          <AccountControls account={account} />
          <DeleteAccount account={account} />
        </MayTrade>
      }
    >
      <Card withBorder>
        <Stack>
          <Facts
            facts={{
              State: <StateBadge state={stateOf(account)} />,
              Mode: account.mode === null ? 'unknown' : <StateBadge state={account.mode} />,
              'Mode seen': <When at={account.mode_seen_at} />,
              OpenAlgo: account.base_url,
              'Traded elsewhere too': account.trades_elsewhere ? 'yes' : 'no',
              Orders: account.order_rate ?? 'the usual rate',
              'Smart orders': account.smart_order_rate ?? 'the usual rate',
              'Paused since': account.paused_at && <When at={account.paused_at} />,
              'Paused because': account.pause_reason,
              'Key refused since': account.session_dead_at && <When at={account.session_dead_at} />,
            }}
          />
          <Text size="sm">{account.egress}</Text>
        </Stack>
      </Card>
      {account.live_sentence !== null && (
        <TradingOn account={account} sentence={account.live_sentence} />
      )}
      <Title order={2} size="h4">
        Strategies on it
      </Title>
      <Text size="sm">{account.strategies.join(', ') || 'none'}</Text>
    </Page>
  );
}

function DeleteAccount({ account }: { account: AccountDetail }) {
  const [isOpen, setOpen] = useState(false);
  const [held, setHeld] = useState<Held>('keep');
  const navigate = useNavigate();
  const act = async () => {
    const param = { id: String(account.id) };
    await dataIn(await client.accounts[':id'].delete.$post({ param, json: { held } }));
    await navigate({ to: '/accounts' });
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Confirm
        title={`Delete "${account.name}"`}
        action="Delete"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={act}
      >
        <Text size="sm">
          Its strategies take no signals any more; its orders stay as history. One that holds
          something goes once it is flat.
        </Text>
        <HeldChoice value={held} onChange={setHeld} />
      </Confirm>
    </>
  );
}
