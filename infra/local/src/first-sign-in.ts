/**
 * The address by which the first administrator gets in, from the line in which the console says it;
 * undefined in any other line.
 */
export function firstSignInUrl(line: string): string | undefined {
  if (!line.includes('"first_sign_in"')) return undefined;
  try {
    const { event, url } = JSON.parse(line) as Record<string, unknown>;
    return event === 'first_sign_in' && typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
