import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';

interface CopyTextProps {
  label: string;
  text: string;
  hint?: string | undefined;
}

/** A text to be pasted elsewhere. */
export function CopyText({ label, text, hint }: CopyTextProps) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="light" onClick={copy} aria-label={`Copy: ${label}`}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0} role="region" aria-label={label} className="wrapped">
        {text}
      </Code>
      {hint !== undefined && (
        <Text size="xs" className="quiet">
          {hint}
        </Text>
      )}
    </Stack>
  );
}
