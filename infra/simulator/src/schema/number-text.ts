const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const SPECIAL = /^[+-]?(?:inf|infinity|nan)$/i;
const INTEGER = /^[+-]?\d+(?:_\d+)*$/;

/** What Python's `float(text)` gives; undefined where it raises. */
export function pythonFloatOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  if (!SPECIAL.test(trimmed)) return undefined;
  if (/nan$/i.test(trimmed)) return Number.NaN;
  return trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** What Python's `int(text)` gives; undefined where it raises. */
export function pythonIntOf(text: string): number | undefined {
  const trimmed = text.trim();
  return INTEGER.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}
