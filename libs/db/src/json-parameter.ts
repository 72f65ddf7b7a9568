/**
 * JSON text that Postgres takes as jsonb whatever strangers sent: it refuses NUL characters and
 * halves of surrogate pairs, which an answer or a symbol may hold.
 */
export function jsonParameter(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.replaceAll('\0', '').toWellFormed() : item,
  );
}
