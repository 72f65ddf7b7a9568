import type { BodyFields } from './parse-body.ts';

/** Longer than any symbol, scan name or id that a sender really uses. */
const longest = 500;

/** `undefined`: the body has no such field, or null in it. `'bad'`: no text, or far too long. */
export type TextField = { text: string } | 'bad' | undefined;

/** A field that should be text; a number counts as its digits (BSE codes come as numbers). */
export function textField(fields: BodyFields, name: string, maxLength = longest): TextField {
  const value = fieldOf(fields, name);
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length <= maxLength ? { text } : 'bad';
}

/** A field of the body itself, never one of its prototype. */
export function fieldOf(fields: BodyFields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The text of a field that was found to be one, trimmed; null where it is missing. */
export function trimmed(field: Exclude<TextField, 'bad'>): string | null {
  return field === undefined ? null : field.text.trim();
}
