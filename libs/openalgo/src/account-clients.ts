import type { AccountId } from '@orderlane/domain/ids';
import type { OpenAlgoClient } from './client.ts';
import { createRefusingClient } from './refusing-client.ts';

/** What of an account says where its OpenAlgo is and with which key it is asked. */
export interface AccountInstance {
  id: AccountId;
  base_url: string;
  /** The API key, sealed. */
  api_key_box: string;
}

export interface AccountClients extends AsyncDisposable {
  /**
   * The client for an account's OpenAlgo, made anew when its address or key changed. Where the key
   * cannot be opened: the one that is open, or else one that refuses every call. Never throws.
   */
  of(account: AccountInstance): OpenAlgoClient;
}

interface Known {
  key: string;
  baseUrl: string;
  client: OpenAlgoClient;
}

/** Keeps one client, and so one pool of connections, for each OpenAlgo instance. */
export function createAccountClients(deps: {
  open(account: AccountInstance): OpenAlgoClient;
  onError(error: unknown): void;
  /** Told once for each address and sealed key. `isOpen`: what was opened before is used. */
  onUnopened(account: AccountInstance, why: { error: unknown; isOpen: boolean }): void;
}): AccountClients {
  const clients = new Map<AccountId, Known>();
  return {
    of(account) {
      const key = `${account.base_url} ${account.api_key_box}`;
      const known = clients.get(account.id);
      if (known?.key === key) return known.client;
      const client = openOr(deps, account, known);
      // Calls under way on the old one end by themselves; closing waits for them.
      if (known !== undefined && known.client !== client) known.client.close().catch(deps.onError);
      clients.set(account.id, { key, baseUrl: account.base_url, client });
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map(async ({ client }) => await client.close()));
    },
  };
}

/**
 * A key that was sealed under a secret key which this process does not know yet is most likely the
 * one that it has in its memory: exits must not stop for that.
 */
function openOr(
  deps: Parameters<typeof createAccountClients>[0],
  account: AccountInstance,
  known: Known | undefined,
): OpenAlgoClient {
  try {
    return deps.open(account);
  } catch (error) {
    const open = known?.baseUrl === account.base_url ? known.client : undefined;
    deps.onUnopened(account, { error, isOpen: open !== undefined });
    return open ?? createRefusingClient(error instanceof Error ? error.message : String(error));
  }
}
