export interface ConfigProblem {
  /** The environment variable. */
  variable: string;
  /** What is wrong and what is expected; never the value of a secret. */
  problem: string;
}

/** The environment does not fit the schema; the message names every wrong variable at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], cause?: unknown) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
    super(`Set these environment variables right and start again:\n${lines.join('\n')}`, { cause });
    this.problems = problems;
  }
}
