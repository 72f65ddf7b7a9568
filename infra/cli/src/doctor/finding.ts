/** What a look at one thing found. */
export interface Finding {
  /** What was looked at, from a closed list: programs match on it. */
  check: Check;
  /** `note`: worth knowing, nothing is wrong. */
  level: 'well' | 'note' | 'wrong';
  text: string;
  /** What to do about it; null where nothing is to be done. */
  cure: string | null;
}

/** Everything that is looked at, in the order in which it is told. */
export const checks = [
  'configuration',
  'postgres',
  'synchronous_commit',
  'fsync',
  'standby',
  'schema',
  'restore',
  'database_clock',
  'redis',
  'redis_eviction',
  'redis_persistence',
  'secret_key',
  'openalgo',
  'openalgo_clock',
  'lanes',
  'jobs',
  'scheduler',
  'ingress',
  'console',
  'calendar',
  'egress',
] as const;
export type Check = (typeof checks)[number];

export function well(check: Check, text: string): Finding {
  return { check, level: 'well', text, cure: null };
}

export function note(check: Check, text: string, cure: string | null = null): Finding {
  return { check, level: 'note', text, cure };
}

export function wrong(check: Check, text: string, cure: string): Finding {
  return { check, level: 'wrong', text, cure };
}
