import { parseForm } from './parse-form.ts';

/** The field of a body in which a sender says the strategy's shared secret. */
export const secretField = 'secret';

export interface SeparatedBody {
  /** Without the secret: what may be looked at and kept. The very same bytes where there was none. */
  bytes: Uint8Array;
  /** Null: the body says none. */
  secret: string | null;
}

/** Kept instead of a body that cannot be read and may hold a secret. */
const unreadable = '(not kept: it cannot be read, and names a secret)';

/**
 * Takes the shared secret out of a webhook's body, JSON or form, before anybody keeps it. Never throws.
 */
export function separateSecret(bytes: Uint8Array): SeparatedBody {
  const text = new TextDecoder().decode(bytes);
  // A name in JSON may be written in escapes.
  if (!text.includes(secretField) && !text.includes('\\u')) return { bytes, secret: null };
  const json = fieldsOf(text);
  if (json !== undefined) {
    const { [secretField]: secret, ...rest } = json;
    if (!Object.hasOwn(json, secretField)) return { bytes, secret: null };
    return { bytes: encode(JSON.stringify(rest)), secret: textOf(secret) };
  }
  if (parseForm(text.trim()) !== undefined) return separateForm(bytes, text.trim());
  return text.includes(secretField)
    ? { bytes: encode(unreadable), secret: null }
    : { bytes, secret: null };
}

function separateForm(bytes: Uint8Array, text: string): SeparatedBody {
  const form = new URLSearchParams(text);
  const secret = form.get(secretField);
  if (secret === null) return { bytes, secret };
  form.delete(secretField);
  return { bytes: encode(form.toString()), secret };
}

function fieldsOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
