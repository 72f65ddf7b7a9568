import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { accountsQuery, brakesQuery } from '../api/queries.ts';
import type { Account, Brake } from '../api/types.ts';
import { Go } from '../parts/go.tsx';
import { StateBadge } from '../parts/state-badge.tsx';

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
  if (brakes.length === 0 && accounts.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {accounts.length > 0 && <Modes accounts={accounts} />}
      {brakes.length > 0 && <Stopped brakes={brakes} />}
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

const modes = [
  { mode: 'live', means: 'real money' },
  { mode: 'analyze', means: "OpenAlgo's sandbox, nothing reaches the broker" },
  { mode: null, means: 'whether live or analyze, OpenAlgo has not said yet' },
] as const;

function Modes({ accounts }: { accounts: readonly Account[] }) {
  return (
    <Group gap="md" role="group" aria-label="Modes of the accounts">
      {modes.map(({ mode, means }) => {
        const names = accounts.filter((one) => one.mode === mode).map(({ name }) => name);
        if (names.length === 0) return null;
        return (
          <Group key={mode} gap={6} wrap="nowrap">
            <StateBadge state={mode ?? 'unknown'} />
            <Text size="xs">
              <strong>{names.join(', ')}</strong>: {means}
            </Text>
          </Group>
        );
      })}
    </Group>
  );
}
