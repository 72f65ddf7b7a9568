import { Button } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { client } from '../../api/client.ts';
import type { AccountDetail } from '../../api/types.ts';
import { tellDone, useChange } from '../../api/use-change.ts';

/** Try the connection; pause and end the pause. */
export function AccountControls({ account }: { account: AccountDetail }) {
  const param = { id: String(account.id) };
  const touches = [['accounts'], ['brakes']];
  const test = useChange({
    call: async () => await dataIn(await client.accounts[':id'].test.$post({ param })),
    touches,
    done: ({ broker, mode, latency_ms }) =>
      tellDone(`It answers in ${Math.round(latency_ms)} ms: ${broker}, ${mode ?? 'no mode'}`),
  });
  const pause = useChange({
    call: async () => await dataIn(await client.accounts[':id'].pause.$post({ param, json: {} })),
    touches,
    done: () => tellDone(`${account.name} is paused: nothing is sent`),
  });
  const resume = useChange({
    call: async () => await dataIn(await client.accounts[':id'].resume.$post({ param })),
    touches,
    done: () => tellDone(`${account.name} sends again`),
  });
  return (
    <>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate(undefined)}>
        Test the connection
      </Button>
      {account.paused_at === null ? (
        <Button
          variant="light"
          color="red"
          loading={pause.isPending}
          onClick={() => pause.mutate(undefined)}
        >
          Pause
        </Button>
      ) : (
        <Button loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
          End the pause
        </Button>
      )}
    </>
  );
}
