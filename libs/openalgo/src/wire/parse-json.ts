import { withoutNul } from './without-nul.ts';

/**
 * JSON as OpenAlgo writes it, with integers that a double cannot hold kept as text (some brokers'
 * order ids are numbers of 17 digits and more) and without the NUL characters that it may spell out.
 *
 * @returns undefined when the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, asKept);
  } catch {
    return undefined;
  }
}

function asKept(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === 'string') return withoutNul(value);
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
