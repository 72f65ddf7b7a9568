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

/** What is refused because of one field, whatever form it is in. */
const fieldOfCode: Record<string, string> = {
  strategy_exists: 'name',
  account_exists: 'name',
  user_exists: 'email',
  wrong_key: 'api_key',
  openalgo_unreachable: 'base_url',
  not_openalgo: 'base_url',
  wrong_password: 'current',
  calendar_overlap: 'date',
  mapping_exists: 'signal_symbol',
  squareoff_passed: 'squareoff_time',
};

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
  if (Object.keys(found).length > 0) return found;
  const field = fieldOfCode[error.code] ?? 'form';
  return { [fields.includes(field) ? field : 'form']: error.message };
}
