import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs a tool of the repository on a file of verified cases; its last line is the count. */
async function lastLineOf(tool: string, file: string): Promise<string | undefined> {
  const args = [fromRoot(`tools/src/${tool}/main.ts`), fromRoot(`tests/golden/${file}`)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim().split('\n').at(-1);
}

it('every verified webhook leads to the order or the refusal that it led to in OpenAlgo', async () => {
  expect(await lastLineOf('replay-cases', 'webhook-cases.json')).toBe('60 passed, 0 failed');
});

it('every webhook by which the design goes further leads to what the design says', async () => {
  expect(await lastLineOf('replay-cases', 'more-webhook-cases.json')).toBe('299 passed, 0 failed');
});

it('the simulator answers every recorded call as OpenAlgo did', async () => {
  expect(await lastLineOf('replay-openalgo', 'openalgo-recorded.json')).toBe('89 passed, 0 failed');
});
