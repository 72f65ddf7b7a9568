import { PassThrough } from 'node:stream';
import { createProgram } from '@orderlane/cli/program';

type Command = ReturnType<typeof createProgram>;

/** Every command of the command line that does something, as its words: `account add`. */
export function listCommands(): string[] {
  return [...commandsOf(program(), []).keys()];
}

/** The long names of each command's options, by its words. */
export function listOptions(): Map<string, string[]> {
  const long = ({ options }: Command) => options.flatMap((option) => option.long ?? []);
  return new Map([...commandsOf(program(), [])].map(([words, each]) => [words, long(each)]));
}

function program(): Command {
  const stream = new PassThrough();
  const streams = { stdin: stream, stdout: stream, stderr: stream };
  return createProgram({
    ...streams,
    environment: {},
    isInteractive: false,
    who: 'test',
    from: 'test',
  });
}

function commandsOf(command: Command, before: string[]): Map<string, Command> {
  const found = new Map<string, Command>();
  for (const each of command.commands) {
    const words = [...before, each.name()];
    const isGroup = each.commands.length > 0 && each.options.length === 0;
    if (!isGroup) found.set(words.join(' '), each);
    for (const [name, below] of commandsOf(each, words)) found.set(name, below);
  }
  return found;
}
