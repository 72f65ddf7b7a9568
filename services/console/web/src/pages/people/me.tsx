import { Button, Card, PasswordInput, Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { sessionsQuery } from '../../api/queries.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { When } from '../../parts/when.tsx';
import { SecondFactor } from './second-factor.tsx';

interface Session {
  id: string;
  is_this: boolean;
  created_at: string;
  ip_address: string | null;
  user_agent: string | null;
}

const columns: readonly PlainColumn<Session>[] = [
  { title: 'Since', show: ({ created_at }) => <When at={created_at} /> },
  { title: 'From', show: ({ ip_address }) => ip_address ?? '–' },
  { title: 'Browser', show: ({ user_agent }) => user_agent ?? '–' },
  { title: 'End', show: (session) => (session.is_this ? 'this one' : <End id={session.id} />) },
];

/** How one signs in oneself. */
export function Me() {
  const query = useQuery(sessionsQuery);
  return (
    <Page title="Your sign-in">
      <NewPassword />
      <SecondFactor />
      <Title order={2} size="h4">
        Where you are signed in
      </Title>
      <Asked query={query}>
        {(rows) => (
          <PlainTable label="Sessions" rows={rows} columns={columns} keyOf={({ id }) => id} />
        )}
      </Asked>
    </Page>
  );
}

function End({ id }: { id: string }) {
  const change = useChange({
    call: async () => await dataIn(await client.me.sessions[':id'].revoke.$post({ param: { id } })),
    touches: [['sessions']],
  });
  return (
    <Button size="compact-xs" variant="default" onClick={() => change.mutate(undefined)}>
      Sign out there
    </Button>
  );
}

function NewPassword() {
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { current: '', new: '' } });
  const change = useChange({
    call: async (json: { current: string; new: string }) =>
      await dataIn(await client.me.password.$post({ json })),
    touches: [['sessions']],
    done: () => {
      setProblem(undefined);
      form.reset();
      tellDone('The password is changed; you are signed out everywhere else');
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Card withBorder component="section">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack maw={420}>
          <Title order={2} size="h4">
            Password
          </Title>
          <PasswordInput
            label="The one that is valid now"
            autoComplete="current-password"
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label="The new one"
            autoComplete="new-password"
            {...form.getInputProps('new')}
          />
          <FormEnd action="Change it" isBusy={change.isPending} problem={problem} />
        </Stack>
      </form>
    </Card>
  );
}
