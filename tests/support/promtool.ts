import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from '@orderlane/local/find-on-path';
import { describe } from 'vitest';
import { readPromtoolRequired, readSearchPath } from './config.ts';

const program = await findOnPath('promtool', readSearchPath());

if (program === undefined && !readPromtoolRequired()) {
  process.stderr.write('\nNO PROMTOOL ON THE PATH: the rules of Prometheus are NOT CHECKED.\n\n');
}

/** Runs where Debian's `prometheus` is installed; where TEST_PROMTOOL=required it has to be. */
export const describeWithPromtool = describe.skipIf(
  program === undefined && !readPromtoolRequired(),
);

/**
 * What promtool says.
 * @throws with its own words when it finds something wrong
 */
export async function promtool(args: readonly string[], input = ''): Promise<string> {
  if (program === undefined) throw new Error('There is no promtool on the PATH');
  const running = promisify(execFile)(program, args);
  running.child.stdin?.end(input);
  const { stdout, stderr } = await running;
  return stdout + stderr;
}
