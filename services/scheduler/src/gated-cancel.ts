import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { createAccountGate } from '@orderlane/queue/account-gate';
import { limitsOf } from '@orderlane/queue/account-limits';
import type { Parts, Stores } from './stores.ts';

export type GatedCancel = (
  account: AccountRow,
  order: { strategy: string; brokerOrderId: string },
) => Promise<void>;

/**
 * Cancels one order by its id. It goes through the account's gate as an exit does, for it counts
 * against the same rate. A refusal is no fault: the order may have filled meanwhile, the books say it.
 * @throws when no slot came in time, or Redis is away: it is asked again later
 */
export function createGatedCancel(
  { config, log }: Parts,
  { stores, clients }: { stores: Stores; clients: AccountClients },
): GatedCancel {
  const gate = createAccountGate({ redis: stores.redis, prefix: stores.place.prefix });
  return async (account, order) => {
    const limits = limitsOf(config, account);
    const until = performance.now() + config.SQUARE_OFF_READ_MS;
    for (;;) {
      const waitMs = await gate.ask({
        accountId: account.id,
        role: 'exit',
        lane: 'regular',
        limits,
      });
      if (waitMs === 0) break;
      if (performance.now() >= until) throw new Error('The gate gave no slot for a cancellation');
      await sleep(waitMs);
    }
    const reply = await clients.of(account).cancelOrder(order);
    if (reply.kind === 'failure') {
      const { brokerOrderId, strategy } = order;
      log.warn(
        {
          event: 'order_not_cancelled',
          accountId: account.id,
          brokerOrderId,
          reason: reply.reason,
        },
        `order ${brokerOrderId} of "${strategy}" not cancelled: ${reply.reason}`,
      );
    }
  };
}
