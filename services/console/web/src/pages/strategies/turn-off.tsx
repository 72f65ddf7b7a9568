import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Activity, turn } from './activity.ts';

interface TurnOffProps {
  strategy: { id: number; name: string };
  isOpen: boolean;
  close: () => void;
}

/** Turning off what holds something: what is to become of that is a person's choice. */
export function TurnOff({ strategy, isOpen, close }: TurnOffProps) {
  const [to, setTo] = useState<Activity>('exits_only');
  const act = async () => {
    await turn(strategy.id, to);
    await queryClient.invalidateQueries();
  };
  return (
    <Confirm
      title={`Turn "${strategy.name}" off`}
      action="Turn off"
      isOpen={isOpen}
      close={close}
      act={act}
    >
      <Text size="sm">It holds something, or an order of it is on its way. What is meant?</Text>
      <Radio.Group
        value={to}
        onChange={(value) => setTo(value as Activity)}
        label="Signals from now on"
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="exits_only"
            label="Stop entries, let exits pass"
            description="What is held can still be closed by its signals and by the square-off."
          />
          <Radio
            value="off"
            label="Off altogether"
            description="Exits are refused too: what is held stays until the square-off or until you close it."
          />
          <Radio
            value="close"
            label="Off, and close what it holds now"
            description="Each position is followed until it is proved flat."
          />
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}
