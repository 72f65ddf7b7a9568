import { Button, Card, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { problemText } from '../../api/problem.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { CopyText } from '../../parts/copy-text.tsx';

interface Begun {
  totp_uri: string;
  backup_codes: string[];
}

/** A code of an app besides the password. */
export function SecondFactor() {
  const [password, setPassword] = useState('');
  const [begun, setBegun] = useState<Begun>();
  const begin = useChange({
    call: async () =>
      await dataIn(await client.me['two-factor'].begin.$post({ json: { password } })),
    touches: [],
    done: setBegun,
    failed: () => undefined,
  });
  const end = useChange({
    call: async () => await dataIn(await client.me['two-factor'].end.$post({ json: { password } })),
    touches: [],
    done: () => tellDone('The password is enough from now on'),
    failed: () => undefined,
  });
  const error = begin.error ?? end.error;
  return (
    <Card withBorder component="section">
      <Stack maw={520}>
        <Title order={2} size="h4">
          Second factor
        </Title>
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error === null ? undefined : problemText(error)}
        />
        <Group>
          <Button onClick={() => begin.mutate(undefined)}>Turn on</Button>
          <Button variant="default" onClick={() => end.mutate(undefined)}>
            Turn off
          </Button>
        </Group>
        {begun !== undefined && <Finish begun={begun} done={() => setBegun(undefined)} />}
      </Stack>
    </Card>
  );
}

function Finish({ begun, done }: { begun: Begun; done: () => void }) {
  const [code, setCode] = useState('');
  const confirm = useChange({
    call: async () => await dataIn(await client.me['two-factor'].confirm.$post({ json: { code } })),
    touches: [],
    done: () => {
      tellDone('From now on each sign-in asks for a code');
      done();
    },
    failed: () => undefined,
  });
  return (
    <>
      <CopyText
        label="For the authenticator app"
        text={begun.totp_uri}
        hint="Paste it there, or type the part behind secret= as its key."
      />
      <CopyText
        label="Backup codes"
        text={begun.backup_codes.join('\n')}
        hint="Each works once, where the telephone is lost. They are shown this once."
      />
      <Text size="sm">It counts from the first right code on:</Text>
      <TextInput
        label="Code that the app shows now"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={confirm.error === null ? undefined : problemText(confirm.error)}
      />
      <Button onClick={() => confirm.mutate(undefined)} w="fit-content">
        Confirm
      </Button>
    </>
  );
}
