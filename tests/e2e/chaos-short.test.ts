import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from '@orderlane/local/start-child';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { expect, it } from 'vitest';
import { readBaseEnvironment } from '../support/config.ts';

const seed = 2026;
const entry = fileURLToPath(new URL('../chaos/main.ts', import.meta.url));

interface Report {
  counts: Record<string, number>;
  accepted: number;
  faults: Record<string, number>;
  calls: { executed: number };
}

it('a minute of chaos with waiting times of a twentieth loses, doubles and misorders nothing', {
  timeout: 900_000,
}, async () => {
  await using folder = await makeTemporaryFolder();
  const times = ['--minutes', '1', '--seed', String(seed), '--divide', '20'];
  const said: string[] = [];
  const child = await startChild({
    name: 'chaos',
    command: process.execPath,
    args: [entry, ...times, '--out', folder.path],
    env: readBaseEnvironment(),
    stopSignal: 'SIGINT',
    onLine: (line) => said.push(line),
  });
  const { code } = await child.exited;
  const report = JSON.parse(await readFile(`${folder.path}/report.json`, 'utf8')) as Report;
  const nothing = Object.fromEntries(Object.keys(report.counts).map((kind) => [kind, 0]));
  expect(report.counts, said.join('\n')).toEqual(nothing);
  expect(code).toBe(0);
  // How much of it there is, depends on the machine; with none of it nothing would have been shown.
  expect(Object.keys(report.faults)).not.toEqual([]);
  expect(report.accepted).toBeGreaterThan(0);
  expect(report.calls.executed).toBeGreaterThan(0);
});
