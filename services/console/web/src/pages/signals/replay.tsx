import { Button, Group } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import type { SignalStory } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { MayTrade } from '../../parts/may-trade.tsx';
import { type Tried, TriedSignal } from '../../parts/tried-signal.tsx';
import { whenText } from '../../parts/when.tsx';

/** What the same signal would lead to with what the strategy is and holds now; nothing is sent. */
export function Replay({ signal }: { signal: SignalStory }) {
  const [tried, setTried] = useState<Tried>();
  const change = useChange({
    call: async (at: string | undefined) => {
      const json = at === undefined ? {} : { at };
      return await dataIn(
        await client.signals[':id'].replay.$post({ param: { id: signal.id }, json }),
      );
    },
    touches: [],
    done: ({ tried: verdict }) => setTried(verdict ?? undefined),
  });
  return (
    <MayTrade>
      <Group>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(undefined)}
        >
          Try it again as of {whenText(signal.received_at)}
        </Button>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(new Date().toISOString())}
        >
          Try it again as of now
        </Button>
      </Group>
      {tried !== undefined && <TriedSignal tried={tried} />}
    </MayTrade>
  );
}
