import type { AccountId } from '@orderlane/domain/ids';
import type { OpenAlgoClient } from './client.ts';

/** What of an account says where its OpenAlgo is and with which key it is asked. */
export interface AccountInstance {
  id: AccountId;
  base_url: string;
  /** The API key, sealed. */
  api_key_box: string;
}

export interface AccountClients extends AsyncDisposable {
  /** The client for an account's OpenAlgo, made anew when its address or key changed. */
  of(account: AccountInstance): OpenAlgoClient;
}

/** Keeps one client, and so one pool of connections, for each OpenAlgo instance. */
export function createAccountClients(deps: {
  open(account: AccountInstance): OpenAlgoClient;
  onError(error: unknown): void;
}): AccountClients {
  const clients = new Map<AccountId, { key: string; client: OpenAlgoClient }>();
  return {
    of(account) {
      const key = `${account.base_url} ${account.api_key_box}`;
      const known = clients.get(account.id);
      if (known?.key === key) return known.client;
      // Calls under way on the old one end by themselves; closing waits for them.
      known?.client.close().catch(deps.onError);
      const client = deps.open(account);
      clients.set(account.id, { key, client });
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map(async ({ client }) => await client.close()));
    },
  };
}
