import { ApiError } from '@orderlane/console/client';

/** What went wrong, in words for people. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError)
    return 'The console does not answer: is it running, is the network up?';
  return error instanceof Error ? error.message : String(error);
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code);
}

/**
 * What a refusal says of each field of a form, by the form's own names.
 * Whatever belongs to no field of it is gathered under `form`.
 */
export function problemsByField(error: unknown, fields: readonly string[]): Record<string, string> {
  if (!(error instanceof ApiError)) return { form: problemText(error) };
  const found: Record<string, string> = {};
  for (const { field, error: text } of error.details) {
    const name = fields.includes(field) ? field : 'form';
    found[name] = found[name] === undefined ? text : `${found[name]} ${text}`;
  }
  return Object.keys(found).length === 0 ? { form: error.message } : found;
}
