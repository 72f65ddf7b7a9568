const HIDDEN = '[hidden]';
const NAMES = 'apikey|api_key|authorization|secret|password';

/**
 * `"apikey":"…"` as a member of a log line, also in a JSON text within it (`\"apikey\":\"…\"`). A run of
 * backslashes is looked at from its beginning only: from each of them, 64 KiB would take minutes.
 */
const MEMBER = new RegExp(`("(?:${NAMES})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');
const QUOTED_MEMBER = new RegExp(
  `(?<!\\\\)(\\\\+"(?:${NAMES})\\\\+"\\s*:\\s*\\\\+")[^"\\\\]*`,
  'gi',
);
/** `apikey=…` of a form or a query. */
const FORM_FIELD = new RegExp(`\\b((?:${NAMES})=)[^&\\s"\\\\]+`, 'gi');
const URL_PASSWORD = /(\/\/[^\s:@/"]*:)[^\s@/"]+@/g;

/**
 * Hides what nobody may read in a log, in the finished line: a key can come in at any depth, and
 * in the text of an error.
 */
export function redactLine(line: string): string {
  return line
    .replace(MEMBER, `$1"${HIDDEN}"`)
    .replace(QUOTED_MEMBER, `$1${HIDDEN}`)
    .replace(FORM_FIELD, `$1${HIDDEN}`)
    .replace(URL_PASSWORD, `$1${HIDDEN}@`);
}
