import { PassThrough } from 'node:stream';
import { createProgram } from '@orderlane/cli/program';

type Command = ReturnType<typeof createProgram>;

/** Every command of the command line that does something, as its words: `account add`. */
export function listCommands(): string[] {
  const stream = new PassThrough();
  const streams = { stdin: stream, stdout: stream, stderr: stream };
  const program = createProgram({
    ...streams,
    environment: {},
    isInteractive: false,
    who: 'test',
    from: 'test',
  });
  return commandsOf(program, []);
}

function commandsOf(command: Command, before: string[]): string[] {
  return command.commands.flatMap((each: Command) => {
    const words = [...before, each.name()];
    const below = commandsOf(each, words);
    const isGroup = each.commands.length > 0 && each.options.length === 0;
    return isGroup ? below : [words.join(' '), ...below];
  });
}
