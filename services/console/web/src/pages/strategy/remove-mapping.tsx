import { Button, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Mapping, Strategy } from '../../api/types.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Held, HeldChoice } from '../../parts/held-choice.tsx';

interface RemoveMappingProps {
  strategy: Strategy;
  mapping: Mapping;
}

export function RemoveMapping({ strategy, mapping }: RemoveMappingProps) {
  const [isOpen, setOpen] = useState(false);
  const [held, setHeld] = useState<Held>('keep');
  const act = async () => {
    const param = { id: String(strategy.id), mappingId: String(mapping.id) };
    await dataIn(
      await client.strategy[':id'].symbols[':mappingId'].delete.$post({ param, json: { held } }),
    );
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => setOpen(true)}
        aria-label={`Delete ${mapping.signal_symbol}`}
      >
        Delete
      </Button>
      <Confirm
        title={`Delete ${mapping.signal_symbol}`}
        action="Delete"
        isOpen={isOpen}
        close={() => setOpen(false)}
        act={act}
      >
        <Text size="sm">Signals that name it are refused from then on.</Text>
        <HeldChoice value={held} onChange={setHeld} />
      </Confirm>
    </>
  );
}
