import { Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Fault } from '../parts/asked.tsx';
import { GoButton } from '../parts/go.tsx';
import { Page } from '../parts/page.tsx';

export function NotFound() {
  return (
    <Page title="No such page">
      <Text>There is nothing at this address: it may have been deleted.</Text>
      <GoButton to="/" w="fit-content">
        To the front page
      </GoButton>
    </Page>
  );
}

export function PageFault({ error, reset }: ErrorComponentProps) {
  return <Fault error={error} again={reset} />;
}
