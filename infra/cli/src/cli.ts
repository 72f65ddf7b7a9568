import type { Readable, Writable } from 'node:stream';
import type { Environment } from '@orderlane/runtime/config';
import type { CliError } from './cli-error.ts';

/** The world as a command sees it. */
export interface Cli {
  environment: Environment;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** A person sits there: questions may be asked. */
  isInteractive: boolean;
  /** Who does it, for the audit log: `cli:asha`. */
  who: string;
  /** And where they sit: `terminal on trading-box`. */
  from: string;
}

/** What a command has to say: `data` to programs (`--json`), `text` to people. */
export interface Answer {
  data: unknown;
  text: string;
  /** Said after the answer: the command ends with 1 all the same. */
  failure?: CliError;
}
