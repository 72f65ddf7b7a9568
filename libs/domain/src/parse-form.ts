/** A text is a form only if it names one of these: "not json" also parses as a form. */
const knownFields = ['symbol', 'action', 'position_size', 'stocks', 'scan_name'];

/**
 * The fields of a form-urlencoded body; undefined if it is none, or names a field twice (which of
 * the two was meant, nobody knows).
 */
export function parseForm(text: string): Record<string, string> | undefined {
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(fields, name) || name === '__proto__') return undefined;
    fields[name] = value;
  }
  return knownFields.some((name) => Object.hasOwn(fields, name)) ? fields : undefined;
}
