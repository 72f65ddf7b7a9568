import { fetchError } from './fetch-error.ts';

/**
 * Calls the address that notices when no scheduler lives any more: a plain GET, whose answer only
 * has to be a 2xx. Undefined when it was; else what was wrong, without the address.
 */
export async function beat(url: string, timeoutMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      headers: { 'user-agent': 'orderlane' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel().catch(() => undefined);
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return fetchError(error);
  }
}
