import type { Answer, Cli } from './cli.ts';

/** Runs one command and says what it answers. */
export type Run = (
  options: { json?: boolean },
  command: (cli: Cli) => Promise<Answer>,
) => Promise<void>;
