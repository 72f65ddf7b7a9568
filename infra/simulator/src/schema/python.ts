const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A text as Python's `repr` writes it: single quotes, unless it holds one and no double quote. */
export function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === quote) out += `\\${character}`;
    else if (code < 0x20 || code === 0x7f || code === 0x5c) out += escapeOf(character, code);
    else out += character;
  }
  return quote + out + quote;
}

function escapeOf(character: string, code: number): string {
  return escapes.get(character) ?? `\\x${code.toString(16).padStart(2, '0')}`;
}

/** A float as Python prints it: `5.0`, `1e-05`, `1e+16`. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const magnitude = Math.abs(value);
  if (value !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A dict of lists of texts as Python prints it; OpenAlgo puts this into `message`. */
export function pythonDict(errors: ReadonlyMap<string, readonly string[]>): string {
  const entries = [...errors].map(
    ([key, texts]) => `${pythonString(key)}: [${texts.map(pythonString).join(', ')}]`,
  );
  return `{${entries.join(', ')}}`;
}
