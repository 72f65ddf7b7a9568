import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { tellReaper } from './reaper.ts';

const TAIL_LINES = 100;

export interface ChildSpec {
  name: string;
  command: string;
  /** The name the program is called by, where that decides what it does. */
  argv0?: string;
  args: string[];
  /** The whole environment of the child; left out, it inherits ours. */
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** The signal that asks it to end in order. */
  stopSignal: NodeJS.Signals;
  /** An IPC channel lets a Node child notice that its parent is gone. */
  ipc?: boolean;
  onLine?: (line: string) => void;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended and its output was read; never rejects. */
  readonly exited: Promise<ChildExit>;
  hasExited(): boolean;
  /** The last lines it wrote. */
  tail(): string;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end, kills it after `deadlineMs` (10,000 ms), resolves when it is gone. */
  stop(deadlineMs?: number): Promise<ChildExit>;
}

/**
 * Starts a program in a process group of its own (Ctrl-C in a terminal reaches only us, so that we
 * can stop our children in order) and has the reaper stop it should we die first.
 * @throws when the program cannot be started at all
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  const child = spawn(spec.command, spec.args, {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(spec.ipc ? (['ipc'] as const) : [])],
    ...(spec.argv0 !== undefined && { argv0: spec.argv0 }),
    ...(spec.env && { env: spec.env }),
    ...(spec.uid !== undefined && { uid: spec.uid }),
    ...(spec.gid !== undefined && { gid: spec.gid }),
  });
  const lines = collectLines(child, spec.onLine);
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  await waitForSpawn(child, spec);
  const pid = child.pid ?? 0;
  tellReaper({ watch: pid, signal: spec.stopSignal });
  const exited = closed.then(() => {
    tellReaper({ forget: pid });
    return { code: child.exitCode, signal: child.signalCode };
  });
  return childHandle({ spec, child, pid, exited, lines });
}

async function waitForSpawn(child: ChildProcess, spec: ChildSpec): Promise<void> {
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Error(`${spec.name} could not be started (${spec.command})`, { cause: error });
  }
}

function collectLines(child: ChildProcess, onLine?: (line: string) => void): string[] {
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > TAIL_LINES) lines.shift();
      onLine?.(line);
    });
  }
  return lines;
}

interface ChildParts {
  spec: ChildSpec;
  child: ChildProcess;
  pid: number;
  exited: Promise<ChildExit>;
  lines: string[];
}

function childHandle({ spec, child, pid, exited, lines }: ChildParts): Child {
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async (deadlineMs = 10_000) => {
    if (hasExited()) return await exited;
    child.kill(spec.stopSignal);
    const patience = new AbortController();
    const late = sleep(deadlineMs, 'late' as const, { signal: patience.signal }).catch(() => null);
    if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
    patience.abort();
    return await exited;
  };
  return {
    name: spec.name,
    pid,
    exited,
    hasExited,
    tail: () => lines.join('\n'),
    signal: (signal) => void child.kill(signal),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: ChildExit): string {
  return signal === null ? `exit code ${code}` : signal;
}
