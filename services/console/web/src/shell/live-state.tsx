import { Badge, Tooltip } from '@mantine/core';
import type { StreamState } from '../live/stream.ts';

const shown = {
  connecting: { color: 'gray', word: 'connecting', why: 'Asking the console for what moves' },
  live: { color: 'teal', word: 'live', why: 'Orders move here as they move' },
  lost: {
    color: 'orange',
    word: 'reconnecting',
    why: 'What is shown may be old; it is made up for as soon as the console answers',
  },
} as const;

export function LiveState({ state }: { state: StreamState }) {
  const { color, word, why } = shown[state];
  return (
    <Tooltip label={why}>
      <Badge color={color} variant="light" className="state" role="status" data-stream={state}>
        {word}
      </Badge>
    </Tooltip>
  );
}
