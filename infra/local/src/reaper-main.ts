import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';
import type { ReaperOrder } from './reaper.ts';
import { signalProcess } from './signal-process.ts';

const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 50;

const processes = new Map<number, NodeJS.Signals>();
const folders = new Set<string>();

function take(order: ReaperOrder): void {
  if ('watch' in order) processes.set(order.watch, order.signal);
  else if ('forget' in order) processes.delete(order.forget);
  else if ('remove' in order) folders.add(order.remove);
  else folders.delete(order.keep);
}

/** The last started first, as its parent would have: a service still needs its database to end well. */
async function stopAll(): Promise<void> {
  for (const [pid, signal] of [...processes].reverse()) {
    signalProcess(pid, signal);
    // A stopped process takes no other signal until it is continued.
    if (process.platform !== 'win32') signalProcess(pid, 'SIGCONT');
    const deadline = Date.now() + GRACE_MS;
    while (Date.now() < deadline && isAlive(pid)) await sleep(LOOK_EVERY_MS);
    signalProcess(pid, 'SIGKILL');
  }
}

// Signals that end the parent's process group are no reason to leave its children behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  take(JSON.parse(line) as ReaperOrder);
}
await stopAll();
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
