import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface FactsProps {
  facts: Record<string, ReactNode>;
  /** Side by side, on any screen; else as many as there is room for. */
  cols?: number;
}

/** Names and what they are; what is null is left out. */
export function Facts({ facts, cols }: FactsProps) {
  const shown = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return (
    <SimpleGrid cols={cols ?? { base: 2, sm: 3, lg: 5 }} spacing="sm" component="dl" m={0}>
      {shown.map(([name, value]) => (
        <Stack key={name} gap={0}>
          <Text size="xs" component="dt" className="quiet">
            {name}
          </Text>
          <Text size="sm" component="dd" m={0} className="wrapped">
            {value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}
