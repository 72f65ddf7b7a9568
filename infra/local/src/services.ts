import type { LocalConfig } from './config.ts';

type PortVariable = Extract<keyof LocalConfig, `${string}_PORT`>;

/** A process of the system, as the local stack runs it. */
export interface LocalService {
  name: string;
  /** From the root of the repository. */
  entry: string;
  portVariable: PortVariable;
  /** How long its work under way may take when it is asked to stop (ms). */
  stopWithinMs: number;
}

const simulator: LocalService = {
  name: 'simulator',
  entry: 'infra/simulator/src/main.ts',
  portVariable: 'SIMULATOR_PORT',
  stopWithinMs: 10_000,
};

const services: LocalService[] = [
  // A call to OpenAlgo may take 125 s, and its answer is worth waiting for.
  service('executor', 'EXECUTOR_PORT', 140_000),
  service('scheduler', 'SCHEDULER_PORT', 25_000),
  service('console', 'CONSOLE_PORT', 25_000),
  service('ingress', 'INGRESS_PORT', 25_000),
];

function service(name: string, portVariable: PortVariable, stopWithinMs: number): LocalService {
  return { name, entry: `services/${name}/src/main.ts`, portVariable, stopWithinMs };
}

/** What runs: the simulator where no real OpenAlgo is given, then the four services. */
export function listProcesses(config: LocalConfig): LocalService[][] {
  return config.HOST_SERVER ? [services] : [[simulator], services];
}

export function simulatorUrl(config: LocalConfig): string {
  return `http://127.0.0.1:${config.SIMULATOR_PORT}`;
}

/** The port of every process, under the name of its variable. */
export function listPortVariables(config: LocalConfig): Record<string, string> {
  const variables = [simulator, ...services].map(({ portVariable }) => portVariable);
  return Object.fromEntries(variables.map((variable) => [variable, String(config[variable])]));
}

/** Every port that is about to be listened on. */
export function listPorts(
  config: LocalConfig,
  processes: LocalService[],
): { what: string; port: number; variable: string }[] {
  const wanted: [what: string, variable: PortVariable][] = processes.map((each) => [
    `the ${each.name}`,
    each.portVariable,
  ]);
  if (!config.DATABASE_URL) wanted.push(['Postgres', 'LOCAL_POSTGRES_PORT']);
  if (!config.REDIS_URL) wanted.push(['Redis', 'LOCAL_REDIS_PORT']);
  return wanted.map(([what, variable]) => ({ what, variable, port: config[variable] }));
}
