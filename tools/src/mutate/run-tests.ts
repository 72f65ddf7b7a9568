import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What the tests said; an empty list: all passed. */
export interface TestRun {
  failed: string[];
  passed: number;
  /** The end of what the run wrote. */
  output: string;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

const keptOutput = 4000;

/**
 * Runs tests of a copy of the repository.
 * @throws when no test ran at all, with what was written
 */
export async function runTests(root: string, files: readonly string[]): Promise<TestRun> {
  const report = path.join(root, 'mutation-report.json');
  const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...files, ...reporters], { cwd: root });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-keptOutput);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  await once(child, 'close');
  const results = await readReport(report);
  if (results.length === 0) throw new Error(`No test ran:\n${output}`);
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.flatMap((file) => failuresOf(file, root));
  return { failed, passed: tests.filter(({ status }) => status === 'passed').length, output };
}

async function readReport(file: string) {
  const text = await readFile(file, 'utf8').catch(() => '{"testResults":[]}');
  return reportSchema.parse(JSON.parse(text)).testResults;
}

/** A file whose tests could not even begin has failed as one. */
function failuresOf(
  file: z.infer<typeof reportSchema>['testResults'][number],
  root: string,
): string[] {
  const name = path.relative(root, file.name);
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length > 0) return failed.map(({ fullName }) => `${name}: ${fullName.trim()}`);
  return file.status === 'failed' ? [name] : [];
}
