import { fileURLToPath } from 'node:url';
import { poll } from '@orderlane/local/poll';
import { type ChildExit, startChild } from '@orderlane/local/start-child';
import { readBaseEnvironment } from './config.ts';

/** One JSON line that the process wrote. */
type LogLine = Record<string, unknown>;

export interface ProcessSpec {
  name: string;
  /** The file that Node runs, from the root of the repository. */
  entry: string;
  args?: readonly string[];
  /** Everything that it is configured by: nothing else of our environment reaches it. */
  env: Record<string, string>;
  /** Where it serves `/readyz`; given, the start waits until it is ready. */
  port?: number;
}

export interface TestProcess extends AsyncDisposable {
  readonly pid: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly exited: Promise<ChildExit>;
  isRunning(): boolean;
  /** The JSON lines it wrote so far. */
  logs(): LogLine[];
  /** The last lines it wrote, as they are. */
  tail(): string;
  /** Waits for a line with this `event`; fails with the tail of the log when the process ends. */
  waitForEvent(event: string): Promise<LogLine>;
  /** Asks it to stop in order (SIGTERM) and waits. */
  stop(): Promise<ChildExit>;
  /** SIGKILL, and waits. */
  kill(): Promise<ChildExit>;
  /** SIGSTOP: it does nothing until resumed, and its connections stay open. */
  pause(): void;
  resume(): void;
  signal(name: NodeJS.Signals): void;
}

const READY_WITHIN_MS = 30_000;
const EVENT_WITHIN_MS = 30_000;

/** Starts a real process of the system; fails loudly, with the tail of its log. */
export async function startProcess(spec: ProcessSpec): Promise<TestProcess> {
  const lines: LogLine[] = [];
  const child = await startChild({
    name: spec.name,
    command: process.execPath,
    args: [fileURLToPath(new URL(`../../${spec.entry}`, import.meta.url)), ...(spec.args ?? [])],
    env: { ...readBaseEnvironment(), ...spec.env },
    stopSignal: 'SIGTERM',
    ipc: true,
    onLine: (line) => collect(lines, line),
  });
  let isOutputRead = false;
  void child.exited.then(() => {
    isOutputRead = true;
  });
  const check = () => {
    if (child.hasExited()) throw new Error(`${spec.name} ended:\n${child.tail()}`);
  };
  const url = `http://127.0.0.1:${spec.port ?? 0}`;
  if (spec.port !== undefined) await waitUntilReady({ url, check, child, name: spec.name });
  return {
    pid: child.pid,
    url,
    exited: child.exited,
    isRunning: () => !child.hasExited(),
    logs: () => lines,
    tail: () => child.tail(),
    waitForEvent: async (event) => {
      const find = () => lines.find((line) => line['event'] === event);
      return await poll(async () => await Promise.resolve(find()), {
        what: `the event ${event} of ${spec.name}`,
        withinMs: EVENT_WITHIN_MS,
        // The event may be the last thing that it says: it has ended when its output was read.
        check: () => {
          if (isOutputRead && find() === undefined) check();
        },
      });
    },
    stop: async () => await child.stop(25_000),
    kill: async () => {
      child.signal('SIGKILL');
      return await child.exited;
    },
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    signal: (name) => child.signal(name),
    [Symbol.asyncDispose]: async () => {
      child.signal('SIGKILL');
      await child.exited;
    },
  };
}

function collect(lines: LogLine[], line: string): void {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) lines.push(parsed as LogLine);
  } catch {
    // Not one of its log lines; it stays in the tail.
  }
}

async function waitUntilReady(at: {
  name: string;
  url: string;
  child: { tail(): string; stop(): Promise<ChildExit> };
  check: () => void;
}): Promise<void> {
  try {
    await poll(async () => ((await fetch(`${at.url}/readyz`)).ok ? true : undefined), {
      what: `${at.name} at ${at.url}/readyz`,
      withinMs: READY_WITHIN_MS,
      check: at.check,
    });
  } catch (error) {
    await at.child.stop();
    throw new Error(`${at.name} did not become ready. Its log ends:\n${at.child.tail()}`, {
      cause: error,
    });
  }
}
