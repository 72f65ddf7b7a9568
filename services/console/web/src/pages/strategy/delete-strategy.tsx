import { Button, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { positionsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Strategy } from '../../api/types.ts';
import { tellDone } from '../../api/use-change.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Held, HeldChoice } from '../../parts/held-choice.tsx';

/** Deletes a strategy, and says what that entails. */
export function DeleteStrategy({ strategy }: { strategy: Strategy }) {
  const [isOpen, setOpen] = useState(false);
  const [held, setHeld] = useState<Held>('keep');
  const { data: positions = [] } = useQuery(positionsQuery);
  const navigate = useNavigate();
  const own = positions.filter(({ strategy_id }) => strategy_id === strategy.id);
  const act = async () => {
    const param = { id: String(strategy.id) };
    const { deleted } = await dataIn(
      await client.strategy[':id'].delete.$post({ param, json: { held } }),
    );
    tellDone(deleted ? `${strategy.name} is deleted` : `${strategy.name} goes once it is flat`);
    await navigate({ to: '/strategy' });
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Confirm
        title={`Delete "${strategy.name}"`}
        action="Delete"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={act}
      >
        <Text size="sm">
          Its webhook is unknown from then on, and its {strategy.mappings.length} mappings are gone.
          Its signals and orders stay as history.
        </Text>
        {own.length > 0 && (
          <>
            <Text size="sm" fw={600}>
              It holds {own.map((one) => `${one.own} ${one.symbol}`).join(', ')}.
            </Text>
            <HeldChoice value={held} onChange={setHeld} />
          </>
        )}
      </Confirm>
    </>
  );
}
