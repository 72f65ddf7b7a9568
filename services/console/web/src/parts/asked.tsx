import { Alert, Button, Center, Loader, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemText } from '../api/problem.ts';

interface AskedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch' | 'isPending'>;
  children: (data: Data) => ReactNode;
}

/** What was asked for; until it is there a sign of work, and where it failed why and what to do. */
export function Asked<Data>({ query, children }: AskedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return (
      <>
        {error !== null && <Fault error={error} again={() => void refetch()} isOld />}
        {children(data)}
      </>
    );
  }
  if (error !== null) return <Fault error={error} again={() => void refetch()} />;
  return (
    <Center p="xl" role="status" data-loading>
      <VisuallyHidden>Loading</VisuallyHidden>
      <Loader aria-hidden />
    </Center>
  );
}

interface FaultProps {
  error: unknown;
  again: () => void;
  isOld?: boolean;
}

export function Fault({ error, again, isOld = false }: FaultProps) {
  return (
    <Alert color="red" title={isOld ? 'This is not up to date' : 'This could not be shown'} mb="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problemText(error)}</Text>
        <Text size="sm">
          Orders go on without this page: what was accepted is stored, and is worked on.
        </Text>
        <Button size="xs" variant="default" onClick={again}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}

/** Where a list has no rows: what would be here, and how it comes. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Center p="xl">
      <Stack gap="xs" align="center" ta="center" maw={460}>
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Center>
  );
}
