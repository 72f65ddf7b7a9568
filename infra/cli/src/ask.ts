import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Cli } from './cli.ts';
import { CliError, causedError } from './cli-error.ts';

type Asker = Pick<Cli, 'stdin' | 'stderr'>;

/** Asks a person and returns the line, without the space around it. */
export async function ask(cli: Asker, question: string): Promise<string> {
  return await readLine({ input: cli.stdin, output: cli.stderr }, question);
}

/** As `ask`; what is typed does not show. */
export async function askSecret(cli: Asker, question: string): Promise<string> {
  cli.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = await readLine({ input: cli.stdin, output: nowhere }, '');
  cli.stderr.write('\n');
  return line;
}

async function readLine(
  streams: { input: Cli['stdin']; output: Writable },
  question: string,
): Promise<string> {
  const lines = createInterface({ ...streams, terminal: true });
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  try {
    return (await lines.question(question, { signal: closed.signal })).trim();
  } catch (error) {
    throw causedError(error, 'cancelled', 'Nothing was done');
  } finally {
    lines.close();
  }
}

/** Everything that was piped in, without the line break at its end. */
export async function readPiped(stdin: Cli['stdin'], maxLength: number): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > maxLength) {
      throw new CliError('input_too_long', `More than ${maxLength} characters came in by stdin`);
    }
  }
  return text.replace(/\r?\n$/, '');
}
