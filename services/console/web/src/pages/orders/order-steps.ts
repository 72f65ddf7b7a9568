import type { OrderStory } from '../../api/types.ts';

interface Step {
  key: string;
  /** A state of the order, or what its call did. */
  word: string;
  at: string;
  why: string | null;
}

/** An order's moves, with the moments at which each call left and was answered among them. */
export function stepsOf({ events, executions }: OrderStory): Step[] {
  const moves = events.map(({ seq, at, to_status: word, reason: why }) => {
    return { key: `move ${seq}`, word, at, why };
  });
  const calls = executions.flatMap(({ attempt, sent_at, answered_at, http_status }) => [
    ...step(`sent ${attempt}`, { word: 'sent', at: sent_at, why: null }),
    ...step(`answered ${attempt}`, {
      word: 'answered',
      at: answered_at,
      why: http_status === null ? null : `HTTP ${http_status}`,
    }),
  ]);
  return [...moves, ...calls].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function step(key: string, { at, ...rest }: Omit<Step, 'key' | 'at'> & { at: string | null }) {
  return at === null ? [] : [{ key, at, ...rest }];
}
