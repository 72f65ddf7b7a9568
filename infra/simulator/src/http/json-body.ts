/** A request's body as Flask reads it. */
export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** The content type is not JSON: Flask refuses to parse. */
  | { readonly kind: 'not_json' }
  | { readonly kind: 'malformed' };

/** Reads a body by its content type. Python's parser also takes NaN and Infinity. */
export function readJson(contentType: string | undefined, text: string): JsonBody {
  if (!isJsonType(contentType)) return { kind: 'not_json' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return readPythonNumbers(text);
  }
}

function isJsonType(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === 'application/json' || /^application\/.+\+json$/.test(type);
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
const MARK = '\u0000number:';

function readPythonNumbers(text: string): JsonBody {
  const marked = text.replace(TOKENS, (token) =>
    token.startsWith('"') ? token : JSON.stringify(MARK + token),
  );
  if (marked === text) return { kind: 'malformed' };
  try {
    return { kind: 'json', value: JSON.parse(marked, (_key, value: unknown) => unmark(value)) };
  } catch {
    return { kind: 'malformed' };
  }
}

function unmark(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
  return Number(value.slice(MARK.length));
}
