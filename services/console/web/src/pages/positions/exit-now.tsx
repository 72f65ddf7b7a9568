import { Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { tellDone } from '../../api/use-change.ts';
import { Confirm } from '../../parts/confirm.tsx';

interface ExitNowProps {
  strategy: { id: number; name: string };
  /** Left out: everything it holds. */
  symbol?: string;
  close: () => void;
}

/** Closes what a strategy holds; each closing is followed until it is proved flat. */
export function ExitNow({ strategy, symbol, close }: ExitNowProps) {
  const what = symbol ?? 'everything';
  const act = async () => {
    const json = symbol === undefined ? {} : { symbol };
    const param = { id: String(strategy.id) };
    const { closings, already_closing } = await dataIn(
      await client.strategy[':id'].exit.$post({ param, json }),
    );
    const count = closings.length + already_closing.length;
    tellDone(`${count} ${count === 1 ? 'position is' : 'positions are'} being closed`);
    await queryClient.invalidateQueries();
  };
  return (
    <Confirm
      title={`Exit ${what} of "${strategy.name}" now`}
      action="Exit now"
      isOpen
      close={close}
      act={act}
    >
      <Text size="sm">
        A market order the other way is sent at once, ahead of every entry, whether or not the
        strategy is on. It is followed until the position is proved flat, or you are told.
      </Text>
    </Confirm>
  );
}
