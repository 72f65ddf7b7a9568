import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the reaper is told, one JSON value a line. */
export type ReaperOrder =
  | { watch: number; signal: NodeJS.Signals }
  | { forget: number }
  | { remove: string }
  | { keep: string };

let reaperInput: NodeJS.WritableStream | undefined;

/**
 * A process killed with SIGKILL, or crashed, cannot stop what it started. The reaper is a small
 * process of its own that reads our orders from a pipe: when the pipe closes, we are gone, and it
 * stops every process and removes every temporary folder that we had not taken back.
 */
export function tellReaper(order: ReaperOrder): void {
  reaperInput ??= startReaper();
  reaperInput.write(`${JSON.stringify(order)}\n`);
}

function startReaper(): NodeJS.WritableStream {
  const entry = fileURLToPath(new URL('./reaper-main.ts', import.meta.url));
  const reaper = spawn(process.execPath, [entry], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  // A broken pipe only means that the reaper was killed: there is nobody left to tell.
  reaper.stdin.on('error', () => undefined);
  reaper.on('error', () => undefined);
  reaper.unref();
  // The pipe alone must not keep our event loop alive.
  if ('unref' in reaper.stdin && typeof reaper.stdin.unref === 'function') reaper.stdin.unref();
  return reaper.stdin;
}
