import { parseForm } from './parse-form.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The fields of a body, read only by `Object.hasOwn`. */
export type BodyFields = Readonly<Record<string, unknown>>;

export type ParsedBody = { ok: true; fields: BodyFields } | { ok: false; refusal: Refusal };

/** No sender nests at all; deeper bodies are an attack on whoever walks them. */
const deepest = 8;

/**
 * The body of a webhook: JSON whatever the content type says (TradingView posts `text/plain` when
 * its message is not valid JSON), else form-urlencoded. Never throws.
 */
export function parseBody(bytes: Uint8Array): ParsedBody {
  const text = decode(bytes).trim();
  if (text === '') return { ok: false, refusal: refuse('no_data') };
  const value = parseJson(text) ?? { value: parseForm(text) };
  return value.value === undefined ? malformed() : checkObject(value.value);
}

/** What a body said, as text that Postgres can keep (it refuses NUL). */
export function storableText(bytes: Uint8Array): string {
  return decode(bytes).replaceAll('\0', '\uFFFD');
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function checkObject(value: unknown): ParsedBody {
  if (isEmpty(value)) {
    // OpenAlgo answers every empty value, null and [] too, with this text.
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject
      ? { ok: false, refusal: refuse('no_data') }
      : malformed('No data received: the body is not a JSON object');
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return malformed('The body is not a JSON object');
  }
  const flaw = flawOf(value, 0);
  return flaw === undefined ? { ok: true, fields: value as BodyFields } : malformed(flaw);
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

function flawOf(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return flawOfText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === deepest) return 'The body is nested too deep';
  for (const [name, field] of Object.entries(value)) {
    if (name === '__proto__') return 'The body has a field named __proto__';
    const flaw = flawOfText(name) ?? flawOf(field, depth + 1);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function flawOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'The body holds a NUL character';
  return text.isWellFormed() ? undefined : 'The body holds half of a surrogate pair';
}

function malformed(text?: string): ParsedBody {
  return { ok: false, refusal: refuse('malformed_body', text === undefined ? {} : { text }) };
}
