import { Alert, Badge, Text, Tooltip } from '@mantine/core';
import type { StreamState } from '../live/stream.ts';

const shown = {
  connecting: { color: 'gray', word: 'connecting', why: 'Asking the console for what moves' },
  live: { color: 'teal', word: 'connected', why: 'Orders move here as they move' },
  lost: { color: 'orange', word: 'reconnecting', why: 'The console does not answer' },
} as const;

/** Whether the pages move by themselves; where there is little room its colour says it. */
export function LiveState({ state }: { state: StreamState }) {
  const { color, word, why } = shown[state];
  return (
    <Tooltip label={why}>
      <Badge
        color={color}
        variant="light"
        className="state"
        role="status"
        aria-label={word}
        data-stream={state}
      >
        <span className="wide-only">{word}</span>
        <span className="narrow-only">●</span>
      </Badge>
    </Tooltip>
  );
}

/** Nobody may take for the state of things what was so when the connection broke. */
export function LostStream({ state }: { state: StreamState }) {
  if (state !== 'lost') return null;
  return (
    <Alert color="orange" p="xs" mb="md" title="What you see may be old">
      <Text size="sm">
        The connection to the console is lost. Orders go on without it; what moves meanwhile is
        shown as soon as it answers.
      </Text>
    </Alert>
  );
}
