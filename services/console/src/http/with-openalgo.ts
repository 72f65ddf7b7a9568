import type { AccountRow } from '@orderlane/db/accounts';
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
