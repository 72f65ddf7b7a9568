import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './config-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable is set to, if it is, or what is wrong with how it is set. */
export type Reading = { value: string | undefined } | ConfigProblem;

/** Largest file that is taken for a secret (bytes). */
const MAX_SECRET_BYTES = 16_384;

/** The value of a variable without space around it; an empty one counts as not set. */
export function readPlain(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

/**
 * A secret stands in its variable, or in the file that the variable with `_FILE` behind its name
 * names, so that it is in no environment. Both may be set where they say the same.
 */
export function readSecret(environment: Environment, name: string): Reading {
  const variable = `${name}_FILE`;
  const value = readPlain(environment, name);
  const path = readPlain(environment, variable);
  if (path === undefined) return { value };
  const found = readSecretFile(path);
  if ('problem' in found) return { variable, problem: found.problem };
  if (value === undefined || value === found.value) return found;
  return { variable, problem: `and ${name} are both set, and differ: take one of them away` };
}

function readSecretFile(path: string): { value: string } | { problem: string } {
  const shown = `names the file "${path}", which`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { problem: `${shown} cannot be read (${code})` };
  }
  if (bytes.length > MAX_SECRET_BYTES) return { problem: `${shown} is too large for a secret` };
  const value = bytes.toString('utf8').trim();
  return value === '' ? { problem: `${shown} is empty` } : { value };
}
