import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountsQuery, brakesQuery } from '../api/queries.ts';
import type { Account, Brake } from '../api/types.ts';
import { Go } from '../parts/go.tsx';

const words: Record<string, string> = {
  stop_entries: 'Entries are stopped',
  halt: 'Nothing is sent',
  flatten: 'Everything is being closed',
  account_paused: 'The account is paused: nothing is sent',
  trading_off: 'Trading is off: a live account that may not trade yet',
  restored: 'The database was restored from a backup: nothing is sent',
  session_dead: 'OpenAlgo refuses the key: its broker login is missing',
};

/** What every page must not let one forget: whether this is real money, and what is stopped. */
export function ModeBanner() {
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: brakes = [] } = useQuery(brakesQuery);
  const analyzed = accounts.filter(({ mode }) => mode === 'analyze');
  if (brakes.length === 0 && analyzed.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {brakes.length > 0 && <Stopped brakes={brakes} />}
      {analyzed.length > 0 && <Analyzed accounts={analyzed} />}
    </Stack>
  );
}

function Stopped({ brakes }: { brakes: readonly Brake[] }) {
  return (
    <Alert color="red" p="xs" role="status">
      {brakes.map((brake) => (
        <Group key={`${brake.scope}-${brake.id}-${brake.brake}`} gap="xs">
          <Text size="sm" fw={600}>
            {words[brake.brake] ?? brake.brake}: {brake.target}
          </Text>
          <Go to="/brakes">see and release</Go>
        </Group>
      ))}
    </Alert>
  );
}

function Analyzed({ accounts }: { accounts: readonly Account[] }) {
  const names = accounts.map(({ name }) => name).join(', ');
  return (
    <Alert color="grape" p="xs">
      <Text size="sm">
        {names}: OpenAlgo is in analyze mode, orders there are not sent to the broker.
      </Text>
    </Alert>
  );
}
