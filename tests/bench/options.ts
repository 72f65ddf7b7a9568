import { parseArgs } from 'node:util';
import { scenarios } from './scenarios.ts';

export interface BenchOptions {
  /** Names of the scenarios to run; all when left out. */
  only: string[] | undefined;
  /** Where the figures are written as JSON. */
  out: string;
}

export const usage = 'npm run bench -- [--only scenario,scenario] [--out file]';

/**
 * Reads the command line.
 * @throws when a scenario is named that there is not
 */
export function readBenchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, out: { type: 'string', default: 'bench.json' } },
  });
  const names = scenarios.map(({ name }) => name);
  const only = values.only?.split(',').map((name) => name.trim());
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`No scenario ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  }
  return { only, out: values.out };
}
