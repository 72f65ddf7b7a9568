import type { AccountRow } from '@orderlane/db/accounts';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import { orderPayload } from '@orderlane/domain/order-payload';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import type { CallResult } from './execute-order.ts';

export interface AccountClients extends AsyncDisposable {
  /** The client for an account's OpenAlgo, made anew when its address or key changed. */
  of(account: AccountRow): OpenAlgoClient;
}

/** Keeps one client, and so one pool of connections, for each OpenAlgo instance. */
export function createAccountClients(deps: {
  open(account: AccountRow): OpenAlgoClient;
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

/** Makes the one call of an attempt, and says what it came to in terms of elapsed time. */
export async function callOpenAlgo(
  client: OpenAlgoClient,
  args: { order: OrderToSend; attempt: number; sendBy: number; onWrite: () => void },
): Promise<CallResult> {
  const { order, attempt, sendBy, onWrite } = args;
  const { exchange, symbol, product, action, quantity, targetPosition, strategyName } = order;
  const payload = orderPayload({
    instrument: { exchange, symbol, product },
    action,
    quantity,
    targetPosition: order.lane === 'smart' ? targetPosition : null,
    strategyName,
  });
  const placed = await client.placeOrder({
    orderHeader: `${order.id}/${attempt}`,
    sendBy,
    onWrite,
    ...('position_size' in payload ? { kind: 'smart', payload } : { kind: 'regular', payload }),
  });
  const agoMs = (at: Date | null) => (at === null ? null : Math.max(0, Date.now() - at.getTime()));
  return {
    outcome: placed.outcome,
    sentAgoMs: agoMs(placed.sentAt),
    answeredAgoMs: agoMs(placed.answeredAt),
    httpStatus: placed.httpStatus,
    answer: placed.answerText,
  };
}
