import { Button, Card, MultiSelect, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { type AccessLevel, accessLevels } from '@orderlane/domain/user-role';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { keysQuery } from '../../api/queries.ts';
import { useChange } from '../../api/use-change.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { When } from '../../parts/when.tsx';

interface Key {
  id: string;
  name: string | null;
  start: string | null;
  scopes: string[];
  expires_at: string | null;
  last_used_at: string | null;
}

const columns: readonly PlainColumn<Key>[] = [
  { title: 'Name', show: ({ name }) => name },
  { title: 'Begins with', show: ({ start }) => start },
  { title: 'May', show: ({ scopes }) => scopes.join(', ') },
  {
    title: 'Ends',
    show: ({ expires_at }) => (expires_at === null ? 'never' : <When at={expires_at} />),
  },
  { title: 'Last used', show: ({ last_used_at }) => <When at={last_used_at} /> },
  { title: 'Revoke', show: (key) => <Revoke apiKey={key} /> },
];

/** Keys for programs, of one's own. */
export function Keys() {
  const query = useQuery(keysQuery);
  const [made, setMade] = useState<string>();
  return (
    <Page title="API keys">
      <Asked query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title="There are no keys">
              A program calls the API of this console with a key: see API in the menu.
            </Nothing>
          ) : (
            <PlainTable label="API keys" rows={rows} columns={columns} keyOf={({ id }) => id} />
          )
        }
      </Asked>
      {made !== undefined && (
        <CopyText label="The new key" text={made} hint="It is shown this once: copy it now." />
      )}
      <NewKey made={setMade} />
    </Page>
  );
}

function Revoke({ apiKey: { id, name } }: { apiKey: Key }) {
  const change = useChange({
    call: async () => await dataIn(await client.keys[':id'].revoke.$post({ param: { id } })),
    touches: [['keys']],
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => change.mutate(undefined)}
      aria-label={`Revoke ${name ?? 'this key'}`}
    >
      Revoke
    </Button>
  );
}

function NewKey({ made }: { made: (key: string) => void }) {
  const [problem, setProblem] = useState<string>();
  const form = useForm({ initialValues: { name: '', scopes: ['read'] as AccessLevel[] } });
  const change = useChange({
    call: async (json: { name: string; scopes: AccessLevel[] }) =>
      await dataIn(await client.keys.new.$post({ json })),
    touches: [['keys']],
    done: ({ key }) => {
      setProblem(undefined);
      form.reset();
      made(key);
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Card withBorder component="section">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack maw={420}>
          <Title order={2} size="h4">
            Make a key
          </Title>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <MultiSelect
            label="It may"
            data={[...accessLevels]}
            required
            {...form.getInputProps('scopes')}
          />
          <FormEnd action="Make it" isBusy={change.isPending} problem={problem} />
        </Stack>
      </form>
    </Card>
  );
}
