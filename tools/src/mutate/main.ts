import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { applyMutation } from './apply-mutation.ts';
import { copyRepository } from './copy-repository.ts';
import type { Mutation } from './mutation.ts';
import { mutations } from './mutations.ts';
import { runTests, type TestRun } from './run-tests.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shown = 3;

const wanted = process.argv.slice(2);
const chosen = mutations.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
if (chosen.length === 0) {
  say(
    `No mutation has that in its name. There are:\n${mutations.map(({ name }) => name).join('\n')}`,
  );
  process.exitCode = 2;
} else {
  // One copy for all of them: what is edited here meanwhile counts for none.
  await using whole = await makeTemporaryFolder();
  await copyRepository(root, whole.path);
  process.exitCode = (await mutate(whole.path, chosen)) ? 0 : 1;
}

/** Takes one safeguard away after the other; true when the tests noticed each time. */
async function mutate(copy: string, list: readonly Mutation[]): Promise<boolean> {
  const tests = [...new Set(list.flatMap((mutation) => mutation.tests))];
  say(`Nothing taken away: ${tests.length} test files`);
  const whole = await run(copy, { tests });
  for (const name of whole.failed) say(`  fails as it is, and counts for nothing: ${name}`);
  const unsound = new Set(whole.failed);
  const survivors: string[] = [];
  for (const mutation of list) {
    const { failed, passed } = await run(copy, { mutation, tests: mutation.tests });
    const noticed = failed.filter((name) => !unsound.has(name));
    report(mutation, { noticed, passed });
    if (noticed.length === 0) survivors.push(mutation.name);
  }
  say(`\n${list.length - survivors.length} noticed, ${survivors.length} not noticed`);
  return survivors.length === 0;
}

function report(mutation: Mutation, result: { noticed: string[]; passed: number }): void {
  const { noticed, passed } = result;
  say(`\nTaken away: ${mutation.name}`);
  for (const name of noticed.slice(0, shown)) say(`  noticed by ${name}`);
  if (noticed.length > shown) say(`  and ${noticed.length - shown} more`);
  if (noticed.length === 0) say(`  NOT NOTICED: ${passed} tests passed`);
}

async function run(
  copy: string,
  args: { mutation?: Mutation; tests: readonly string[] },
): Promise<TestRun> {
  const { mutation, tests } = args;
  await using folder = await makeTemporaryFolder();
  // Links stay as they are: ours are relative, and lead to the copy.
  await cp(copy, folder.path, { recursive: true, verbatimSymlinks: true });
  if (mutation !== undefined) await applyMutation(folder.path, mutation);
  return await runTests(folder.path, tests);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
