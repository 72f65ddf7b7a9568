import { Alert, Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../api/client.ts';
import { problemText } from '../api/problem.ts';
import { meQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { setSessionEnded, useSessionEnded } from '../api/session-ended.ts';

/** The session is over: signing in again here keeps the page and all that was typed into it. */
export function SessionEnded() {
  const isEnded = useSessionEnded();
  return (
    <Modal
      opened={isEnded}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
    >
      {isEnded && <SignInAgain />}
    </Modal>
  );
}

function SignInAgain() {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const [email, setEmail] = useState(me?.email ?? '');
  const [secret, setSecret] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async () => {
    const asked = needsCode
      ? await dataIn(await client['sign-in']['two-factor'].$post({ json: { code: secret } }))
      : await dataIn(await client['sign-in'].$post({ json: { email, password: secret } }));
    setSecret('');
    setNeedsCode(asked.two_factor_required);
    if (asked.two_factor_required) return;
    setSessionEnded(false);
    await queryClient.invalidateQueries();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    submit().catch((error: unknown) => setProblem(problemText(error)));
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack>
        <Text size="sm">Sign in again: this page, and what you typed into it, stays as it is.</Text>
        {problem !== undefined && <Alert color="red">{problem}</Alert>}
        <TextInput
          label="E-mail"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="username"
          required
        />
        <PasswordInput
          label={needsCode ? 'Code of the app, or a backup code' : 'Password'}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          autoComplete={needsCode ? 'one-time-code' : 'current-password'}
          required
          data-autofocus
        />
        <Button type="submit">Sign in</Button>
      </Stack>
    </form>
  );
}
