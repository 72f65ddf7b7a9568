import { once } from 'node:events';
import type { Answer, Cli } from './cli.ts';
import { describeError } from './describe-error.ts';

/** Writes a command's answer to stdout: one JSON document, or text for people. */
export async function say(cli: Cli, answer: Answer, asJson: boolean): Promise<void> {
  const text = asJson ? JSON.stringify(answer.data, null, 2) : answer.text;
  if (!cli.stdout.write(`${text}\n`)) await once(cli.stdout, 'drain');
}

/** Writes an error to stderr, as one line. */
export function sayError(cli: Cli, error: unknown, asJson: boolean): void {
  const { code, text } = describeError(error);
  const line = asJson
    ? JSON.stringify({ status: 'error', code, error: text })
    : `error ${code}: ${text}`;
  cli.stderr.write(`${line}\n`);
}
