import type { AccountRow } from '@orderlane/db/accounts';
import { ManageError } from '@orderlane/manage/manage-error';
import { createOpenAlgoClient, type OpenAlgoClient } from '@orderlane/openalgo/client';
import type { ManageDeps } from './manage-deps.ts';

/** A person waits for the answer (ms). */
const readTimeoutMs = 10_000;

/**
 * Asks an account's OpenAlgo; never places an order.
 * @throws SecretBoxError when its key cannot be opened
 */
export async function withOpenAlgo<T>(
  { box, allowPrivate }: Pick<ManageDeps, 'box' | 'allowPrivate'>,
  account: Pick<AccountRow, 'base_url' | 'api_key_box'>,
  ask: (client: Omit<OpenAlgoClient, 'placeOrder' | 'cancelOrder'>) => Promise<T>,
): Promise<T> {
  const { base_url: baseUrl, api_key_box: sealed } = account;
  const apiKey = box.open(sealed);
  const client = createOpenAlgoClient({ baseUrl, apiKey, allowPrivate, readTimeoutMs });
  try {
    return await ask(client);
  } finally {
    await client.close();
  }
}

/** What a call that was not answered with what was asked for means to whoever manages accounts. */
export function openAlgoFailed({ cause, reason }: { cause: string; reason: string }): ManageError {
  if (cause === 'unreachable') return new ManageError('openalgo_unreachable', reason);
  if (cause === 'session_dead') return new ManageError('wrong_key', reason);
  return new ManageError('not_openalgo', reason);
}
