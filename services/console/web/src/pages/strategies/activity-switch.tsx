import { Button, Group, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { isCode } from '../../api/problem.ts';
import { tellProblem, useChange } from '../../api/use-change.ts';
import { useMay } from '../../api/use-may.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { type Activity, activityOf, type Switched, turn } from './activity.ts';
import { TurnOff } from './turn-off.tsx';

/** On or off at a touch, and back as easily; where something is held it is asked what is meant. */
export function ActivitySwitch({ strategy }: { strategy: Switched }) {
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const now = activityOf(strategy);
  const change = useChange({
    call: async (to: Activity | undefined) => await turn(strategy.id, to),
    touches: [['strategies'], ['strategy', String(strategy.id)]],
    done: () => offerUndo(strategy, () => change.mutate(now)),
    failed: (error) => (isCode(error, 'holds_position') ? setAsking(true) : tellProblem(error)),
  });
  if (!may.trade) return <StateBadge state={now} />;
  return (
    <Group gap="xs" wrap="nowrap">
      <Switch
        aria-label={`${strategy.name} is on`}
        checked={now !== 'off'}
        disabled={change.isPending}
        onChange={() => change.mutate(now === 'off' ? 'on' : undefined)}
      />
      {now === 'exits_only' && <StateBadge state={now} />}
      <TurnOff strategy={strategy} isOpen={isAsking} close={() => setAsking(false)} />
    </Group>
  );
}

function offerUndo(strategy: Switched, undo: () => void): void {
  const id = `activity-${strategy.id}`;
  const word = strategy.is_active ? 'off' : 'on';
  notifications.hide(id);
  notifications.show({
    id,
    color: 'teal',
    autoClose: 10_000,
    message: (
      <Group justify="space-between">
        <Text size="sm">
          {strategy.name} is {word}
        </Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
