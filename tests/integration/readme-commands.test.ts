import { readFile } from 'node:fs/promises';
import { createProgram } from '@orderlane/cli/program';
import { expect, test } from 'vitest';

test('the README has an example of every command, and no command that is not there', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z -]+)` \| `npm run cli -- ([^`]+)` \|$/gm)];
  for (const [, name = '', example = ''] of rows)
    expect(example).toMatch(new RegExp(`^${name}\\b`));
  const program = createProgram({
    environment: {},
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    isInteractive: false,
    who: 'test',
  });
  expect(rows.map(([, name]) => name).sort()).toEqual(commandsOf(program).sort());
});

type Command = ReturnType<typeof createProgram>;

/** Every command that does something, with the words before it. */
function commandsOf(command: Command, before: string[] = []): string[] {
  return command.commands.flatMap((each: Command) => {
    const words = [...before, each.name()];
    const below = commandsOf(each, words);
    const isGroup = each.commands.length > 0 && each.options.length === 0;
    return isGroup ? below : [words.join(' '), ...below];
  });
}
