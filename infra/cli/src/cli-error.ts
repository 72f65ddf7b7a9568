/** A command that cannot do what it was asked: one line for people, a stable code for programs. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** The same, for what was caught. */
export function causedError(cause: unknown, code: string, message: string): CliError {
  return new CliError(code, message, cause);
}
