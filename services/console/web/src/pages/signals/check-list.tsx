import { Badge, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import type { SignalStory } from '../../api/types.ts';
import { type Check, checksOf } from './checks.ts';

const colors: Record<Check['state'], string> = {
  passed: 'teal',
  refused: 'red',
  partly: 'orange',
  'not reached': 'gray',
};

/** What a signal was checked for, one after the other, and where it ended. */
export function CheckList({ signal }: { signal: SignalStory }) {
  const checks = checksOf(signal);
  if (checks.length === 0) return null;
  const word = signal.verdict === 'nothing_to_do' ? 'nothing to do' : 'refused';
  return (
    <Card withBorder component="section" aria-label="Checks">
      <Stack gap="sm">
        <Title order={2} size="h4">
          What it was checked for
        </Title>
        <List listStyleType="none" spacing={6}>
          {checks.map(({ name, state, why }) => (
            <List.Item key={name}>
              <Group gap="sm" wrap="nowrap" align="baseline">
                <Badge variant="light" color={colors[state]} className="state" miw={92} flex="none">
                  {state === 'refused' ? word : state}
                </Badge>
                <Text size="sm" span>
                  {name}
                  {why.length > 0 && <strong>. {why.join('. ')}</strong>}
                </Text>
              </Group>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Card>
  );
}
