import { parseArgs } from 'node:util';

/** What a run is asked to do. */
export interface ChaosOptions {
  /** How long signals are posted and things are broken (ms). */
  forMs: number;
  /** The same seed breaks the same things in the same order, and posts the same signals. */
  seed: number;
  /** Every waiting time of the configuration is divided by this. */
  divide: number;
  /** Where the report, the evidence and the logs go; a temporary folder when left out. */
  out: string | undefined;
  /** Names of the faults to use; all when left out, none of them when empty. */
  only: string[] | undefined;
  /** Faults under way at the same time: with more than one, an outcome may be nobody's to know. */
  together: number;
}

export const usage =
  'npm run chaos -- --minutes M --seed S [--divide D] [--out folder] [--only fault,fault] [--together N]';

/**
 * Reads the command line.
 * @throws when a number is none, or out of range
 */
export function readOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      divide: { type: 'string', default: '1' },
      out: { type: 'string' },
      only: { type: 'string' },
      together: { type: 'string', default: '1' },
    },
  });
  return {
    forMs: numberOf('minutes', values.minutes, { min: 0.05, max: 1440 }) * 60_000,
    seed: Math.trunc(numberOf('seed', values.seed, { min: 0, max: 2 ** 31 - 1 })),
    divide: numberOf('divide', values.divide, { min: 1, max: 50 }),
    out: values.out,
    only: values.only?.split(',').filter((name) => name !== ''),
    together: numberOf('together', values.together, { min: 1, max: 5 }),
  };
}

function numberOf(name: string, text: string, range: { min: number; max: number }): number {
  const value = Number(text);
  if (text !== '' && value >= range.min && value <= range.max) return value;
  throw new Error(`--${name} must be a number from ${range.min} to ${range.max}`);
}
