import { isAlive } from '@orderlane/local/is-alive';
import { poll } from '@orderlane/local/poll';
import { freePort } from './free-port.ts';

const PORTS = [
  'LOCAL_POSTGRES_PORT',
  'LOCAL_REDIS_PORT',
  'INGRESS_PORT',
  'CONSOLE_PORT',
  'EXECUTOR_PORT',
  'SCHEDULER_PORT',
  'SIMULATOR_PORT',
] as const;

/** What `npm start` runs. */
export const localStackEntry = 'infra/local/src/main.ts';

/** Ports of its own for one local stack, with its data in `dataDir`. */
export async function localStackEnv(
  dataDir: string,
): Promise<Record<(typeof PORTS)[number] | 'DATA_DIR', string>> {
  const ports = await Promise.all(PORTS.map(async (name) => [name, String(await freePort())]));
  return { ...Object.fromEntries(ports), DATA_DIR: dataDir };
}

/** Resolves when none of these processes exists any more. */
export async function allGone(processes: { pid: number }[]): Promise<void> {
  const pids = processes.map(({ pid }) => pid);
  const look = async () => await Promise.resolve(pids.some(isAlive) ? undefined : true);
  await poll(look, { what: `the end of the processes ${pids.join(', ')}`, withinMs: 30_000 });
}
