import { Button, Card, Select, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { userRoles } from '@orderlane/domain/user-role';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { usersQuery } from '../../api/queries.ts';
import { useChange } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';

type Role = (typeof userRoles)[number];

interface User {
  id: string;
  name: string;
  email: string;
  role: Role;
  two_factor: boolean;
  disabled_at: string | null;
}

/** Who may sign in, and as what. */
export function Users() {
  const query = useQuery(usersQuery);
  const [link, setLink] = useState<string>();
  return (
    <Page title="Users">
      <Asked query={query}>
        {(rows) => (
          <PlainTable label="Users" rows={rows} columns={columns(setLink)} keyOf={({ id }) => id} />
        )}
      </Asked>
      {link !== undefined && (
        <CopyText
          label="One-time link"
          text={link}
          hint="It sets the password, once, within a day. Give it to the user by a way that nobody else reads."
        />
      )}
      <AddUser made={setLink} />
    </Page>
  );
}

function columns(showLink: (link: string) => void): readonly PlainColumn<User>[] {
  return [
    { title: 'Name', show: ({ name }) => name },
    { title: 'E-mail', show: ({ email }) => email },
    { title: 'Role', show: (user) => <RoleOf user={user} /> },
    { title: 'Second factor', show: ({ two_factor }) => (two_factor ? 'on' : 'off') },
    { title: 'Sign-in', show: (user) => <SignInOf user={user} showLink={showLink} /> },
  ];
}

function RoleOf({ user }: { user: User }) {
  const change = useChange({
    call: async (role: Role) =>
      await dataIn(
        await client.users[':id'].edit.$post({ param: { id: user.id }, json: { role } }),
      ),
    touches: [['users'], ['me']],
  });
  return (
    <Select
      size="xs"
      aria-label={`Role of ${user.email}`}
      data={[...userRoles]}
      value={user.role}
      allowDeselect={false}
      onChange={(value) => change.mutate(value as Role)}
      w={110}
    />
  );
}

function SignInOf({ user, showLink }: { user: User; showLink: (link: string) => void }) {
  const param = { id: user.id };
  const isDisabled = user.disabled_at !== null;
  const toggle = useChange({
    call: async () =>
      await dataIn(
        await client.users[':id'].edit.$post({ param, json: { disabled: !isDisabled } }),
      ),
    touches: [['users']],
  });
  const link = useChange({
    call: async () => await dataIn(await client.users[':id'].link.$post({ param, json: {} })),
    touches: [],
    done: ({ link: made }) => showLink(made),
  });
  return (
    <Button.Group>
      <Button size="compact-xs" variant="default" onClick={() => link.mutate(undefined)}>
        New password link
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => toggle.mutate(undefined)}>
        {isDisabled ? 'Let in again' : 'Disable'}
      </Button>
    </Button.Group>
  );
}

function AddUser({ made }: { made: (link: string) => void }) {
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { name: '', email: '', role: 'trader' as Role } });
  const change = useChange({
    call: async (json: { name: string; email: string; role: Role }) =>
      await dataIn(await client.users.new.$post({ json })),
    touches: [['users']],
    done: ({ link }) => {
      setProblem(undefined);
      form.reset();
      made(link);
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Card withBorder component="section">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack maw={420}>
          <Title order={2} size="h4">
            Add a user
          </Title>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <TextInput label="E-mail" type="email" required {...form.getInputProps('email')} />
          <Select
            label="Role"
            description="A viewer looks, a trader changes what is his own, an administrator everything."
            data={[...userRoles]}
            allowDeselect={false}
            {...form.getInputProps('role')}
          />
          <FormEnd action="Add" isBusy={change.isPending} problem={problem} />
        </Stack>
      </form>
    </Card>
  );
}
