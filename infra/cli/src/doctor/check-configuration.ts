import { configSchema as consoleConfig } from '@orderlane/console/config';
import { configSchema as executorConfig } from '@orderlane/executor/config';
import { configSchema as ingressConfig } from '@orderlane/ingress/config';
import { type Environment, parseConfig } from '@orderlane/runtime/config';
import { ConfigError } from '@orderlane/runtime/config-error';
import { configSchema as schedulerConfig } from '@orderlane/scheduler/config';
import { configSchema as cliConfig } from '../config.ts';
import { type Finding, well, wrong } from './finding.ts';

/** What each service would say of this environment at its start. */
export function checkConfiguration(environment: Environment): Finding[] {
  const problems = new Set([
    ...problemsOf(() => parseConfig(ingressConfig, environment)),
    ...problemsOf(() => parseConfig(executorConfig, environment)),
    ...problemsOf(() => parseConfig(schedulerConfig, environment)),
    ...problemsOf(() => parseConfig(consoleConfig, environment)),
    ...problemsOf(() => parseConfig(cliConfig, environment)),
  ]);
  if (problems.size === 0) return [well('configuration', 'every service could start with it')];
  const cure = 'Set it as .env.example says, in the environment of the services and here';
  return [...problems].map((problem) => wrong('configuration', problem, cure));
}

function problemsOf(parse: () => unknown): string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
  }
}
