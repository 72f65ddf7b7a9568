/** A fault that the reader of the terminal can mend: its message says how, no stack is shown. */
export class LocalStackError extends Error {
  override readonly name = 'LocalStackError';
}
