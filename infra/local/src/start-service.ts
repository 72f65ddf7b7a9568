import { fileURLToPath } from 'node:url';
import { LocalStackError } from './local-stack-error.ts';
import { poll } from './poll.ts';
import { type Child, describeExit, startChild } from './start-child.ts';
import type { Running } from './supervise.ts';

export interface ServiceSpec {
  name: string;
  /** The file that Node runs, from the root of the repository. */
  entry: string;
  /** Where it serves `/readyz`. */
  port: number;
  env: NodeJS.ProcessEnv;
  /** How long its work under way may take when it is asked to stop (ms). */
  stopWithinMs: number;
  onLine(line: string): void;
  /** Aborted when there is no more patience: it is killed. */
  hurry: AbortSignal;
}

const READY_WITHIN_MS = 30_000;

/**
 * Starts one process of the system and waits until it is ready.
 * @throws LocalStackError with what the process itself said when it ends or does not become ready
 */
export async function startService(spec: ServiceSpec): Promise<Running> {
  const child = await startChild({
    name: spec.name,
    command: process.execPath,
    args: [fileURLToPath(new URL(`../../../${spec.entry}`, import.meta.url))],
    env: spec.env,
    stopSignal: 'SIGTERM',
    ipc: true,
    onLine: spec.onLine,
  });
  const kill = () => child.signal('SIGKILL');
  spec.hurry.addEventListener('abort', kill, { once: true });
  void child.exited.then(() => spec.hurry.removeEventListener('abort', kill));
  await waitUntilReady(spec, child);
  return {
    ended: child.exited.then(describeExit),
    stop: async () => void (await child.stop(spec.stopWithinMs)),
  };
}

async function waitUntilReady(spec: ServiceSpec, child: Child): Promise<void> {
  const check = () => {
    if (child.hasExited()) throw new Error('it ended');
  };
  const url = `http://127.0.0.1:${spec.port}/readyz`;
  try {
    await poll(async () => ((await fetch(url)).ok ? true : undefined), {
      what: url,
      withinMs: READY_WITHIN_MS,
      check,
    });
  } catch (error) {
    await child.stop();
    throw new LocalStackError(`${spec.name} did not start:\n${whatItSaid(child.tail())}`, {
      cause: error,
    });
  }
}

/** The fatal messages of its log; without one, its last lines. */
function whatItSaid(tail: string): string {
  const lines = tail.split('\n');
  const fatal = lines.flatMap((line) => fatalMessage(line) ?? []);
  return (fatal.length > 0 ? fatal : lines.slice(-10)).join('\n');
}

function fatalMessage(line: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    const isFatal = typeof parsed === 'object' && parsed !== null && 'level' in parsed;
    if (!isFatal || parsed.level !== 'fatal' || !('msg' in parsed)) return undefined;
    return String(parsed.msg);
  } catch {
    return undefined;
  }
}
