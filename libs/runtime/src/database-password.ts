import type { ConfigProblem } from './config-error.ts';

/**
 * The address of Postgres with the password put in, so that an address that is no secret can stand in
 * a file that is read by many. What is no address is left as it is: the schema says so.
 */
export function withDatabasePassword(
  url: string,
  password: string,
): { value: string } | ConfigProblem {
  const parsed = URL.parse(url);
  if (parsed === null) return { value: url };
  if (parsed.password !== '' && decode(parsed.password) !== password) {
    const problem = 'is set, and DATABASE_URL holds another password: take one of them away';
    return { variable: 'DATABASE_PASSWORD', problem };
  }
  parsed.password = encodeURIComponent(password);
  return { value: parsed.href };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
