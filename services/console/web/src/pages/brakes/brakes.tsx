import { Button, Card, Code, Group, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { brakesQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Brake } from '../../api/types.ts';
import { useMay } from '../../api/use-may.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { GoButton } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { StopButton } from './stop-button.tsx';

/** All that is stopped, by whom and why, what waits there, and the way to release it. */
export function Brakes() {
  const query = useQuery(brakesQuery);
  return (
    <Page title="Stop and release" actions={<StopButton />}>
      <Asked query={query}>
        {(brakes) =>
          brakes.length === 0 ? (
            <Nothing title="Nothing is stopped">
              The red button stops entries, or everything, or closes what is held: over one
              strategy, one account, or all.
            </Nothing>
          ) : (
            brakes.map((brake) => (
              <BrakeCard key={`${brake.scope} ${brake.id} ${brake.brake}`} brake={brake} />
            ))
          )
        }
      </Asked>
    </Page>
  );
}

const atTheAccount = new Set<Brake['release']>(['account_resume', 'account_trading_on']);

function BrakeCard({ brake }: { brake: Brake }) {
  const may = useMay();
  const [isReleasing, setReleasing] = useState(false);
  const isMine = may.trade && (brake.scope !== 'everything' || may.admin);
  return (
    <Card withBorder component="article" aria-label={`${brake.brake} ${brake.target}`}>
      <Group justify="space-between" mb="sm">
        <Group gap="xs">
          <StateBadge state={brake.brake} />
          <Text fw={600}>{brake.target}</Text>
        </Group>
        {isMine && brake.release === 'resume' && (
          <Button onClick={() => setReleasing(true)}>Release</Button>
        )}
        {brake.release === 'restore_release' && (
          <Text size="sm">
            After a look at the broker: <Code>orderlane restore release</Code>
          </Text>
        )}
        {atTheAccount.has(brake.release) && (
          <GoButton to={`/accounts/${brake.id}`} variant="default">
            Release it at the account
          </GoButton>
        )}
      </Group>
      <Facts
        facts={{
          Since: <When at={brake.since} />,
          By: brake.by,
          Why: brake.reason,
          'Entries that wait': brake.waiting_entries,
          'Exits that wait': brake.waiting_exits,
        }}
      />
      <Release brake={brake} isOpen={isReleasing} close={() => setReleasing(false)} />
    </Card>
  );
}

interface ReleaseProps {
  brake: Brake;
  isOpen: boolean;
  close: () => void;
}

function Release({ brake, isOpen, close }: ReleaseProps) {
  const { scope, id } = brake;
  const sentence = scope === 'everything' ? 'resume everything' : undefined;
  const act = async () => {
    const target = scope === 'everything' ? { scope, sentence } : { scope, id };
    await dataIn(await client.brakes.resume.$post({ json: target }));
    await queryClient.invalidateQueries();
  };
  return (
    <Confirm
      title={`Release ${brake.target}`}
      action="Release"
      color="teal"
      isOpen={isOpen}
      close={close}
      act={act}
      sentence={sentence}
    >
      <Text size="sm">
        {brake.waiting_entries} entries and {brake.waiting_exits} exits wait there: what is still
        within its age goes out.
      </Text>
    </Confirm>
  );
}
