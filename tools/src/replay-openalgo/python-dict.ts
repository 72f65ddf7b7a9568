const TEXT = String.raw`(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`;
const ENTRY = new RegExp(String.raw`${TEXT}: \[${TEXT}(?:, ${TEXT})*\]`, 'g');

/**
 * A text like `{'quantity': ['Not a valid number.'], 'action': […]}` with its entries in order of the alphabet; any
 * other text unchanged. OpenAlgo's own order is that of a Python set, which differs from process to process.
 */
export function sortPythonDict(text: string): string {
  const entries = text.match(ENTRY);
  if (entries === null || `{${entries.join(', ')}}` !== text) return text;
  return `{${entries.toSorted().join(', ')}}`;
}
