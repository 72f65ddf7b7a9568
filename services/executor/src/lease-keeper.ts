import { renewLeases } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';

export interface LeaseKeeper extends AsyncDisposable {
  /** Renews the order's lease for as long as `work` takes. */
  hold<T>(orderId: OrderId, work: () => Promise<T>): Promise<T>;
}

/**
 * Renews the leases of this process's calls, all in one statement. A renewal that fails is left at
 * that: the attempt's own answer still counts when the lease is thought lost.
 */
export function createLeaseKeeper(deps: {
  db: Db;
  executor: string;
  leaseMs: number;
  renewalMs: number;
  onError(error: unknown): void;
}): LeaseKeeper {
  const held = new Set<OrderId>();
  const { db, executor, leaseMs } = deps;
  const renew = async () => {
    if (held.size > 0) await renewLeases(db, { executor, leaseMs, orderIds: [...held] });
  };
  const timer = setInterval(() => void renew().catch(deps.onError), deps.renewalMs);
  return {
    async hold(orderId, work) {
      held.add(orderId);
      try {
        return await work();
      } finally {
        held.delete(orderId);
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.resolve();
    },
  };
}
