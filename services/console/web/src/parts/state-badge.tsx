import { Badge } from '@mantine/core';

const colors: Record<string, string> = {
  queued: 'blue',
  submitting: 'blue',
  accepted: 'cyan',
  filled: 'teal',
  verified: 'teal',
  on: 'teal',
  nothing_open: 'gray',
  no_action: 'gray',
  nothing_to_do: 'gray',
  duplicate: 'gray',
  off: 'gray',
  cancelled: 'gray',
  superseded: 'gray',
  expired: 'orange',
  working: 'blue',
  open: 'blue',
  exits_only: 'yellow',
  indeterminate: 'red',
  awaiting_approval: 'orange',
  absent: 'orange',
  missed: 'red',
  rejected: 'red',
  refused: 'red',
  failed: 'red',
  failing: 'red',
  ready: 'teal',
  live: 'red',
  analyze: 'grape',
};

/** A state in its own word; colour only underlines it. */
export function StateBadge({ state }: { state: string }) {
  return (
    <Badge variant="light" color={colors[state] ?? 'gray'} className="state" data-state={state}>
      {state.replaceAll('_', ' ')}
    </Badge>
  );
}
