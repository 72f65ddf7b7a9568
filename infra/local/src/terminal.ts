import { setTimeout as sleep } from 'node:timers/promises';
import { readableLine } from './readable-line.ts';

/** What the person at the terminal reads. */
export interface Terminal {
  /** Shows one line that a process wrote, in its readable form. */
  show(process: string, line: string): void;
  /** Writes a text as it is. */
  say(text: string): void;
  /** Resolves when nothing was shown for a moment, or after 3 s: what follows then stays last. */
  quiet(): Promise<void>;
}

const QUIET_FOR_MS = 400;
const LOOK_EVERY_MS = 50;
const QUIET_WITHIN_MS = 3_000;

/** A terminal that writes to `output`. */
export function createTerminal(output: { write(text: string): unknown }): Terminal {
  let shownAtMs = performance.now();
  const say = (text: string) => {
    shownAtMs = performance.now();
    output.write(`${text}\n`);
  };
  return {
    say,
    show: (name, line) => say(readableLine(name, line, new Date())),
    quiet: async () => {
      const deadlineMs = performance.now() + QUIET_WITHIN_MS;
      while (performance.now() < Math.min(shownAtMs + QUIET_FOR_MS, deadlineMs)) {
        await sleep(LOOK_EVERY_MS);
      }
    },
  };
}
