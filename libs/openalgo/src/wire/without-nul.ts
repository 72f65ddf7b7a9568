/**
 * A text of the far side as Postgres can store it: it has no NUL character, and refuses whatever
 * holds one, so that an answer with one could never be recorded.
 */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
