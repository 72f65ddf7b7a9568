import type { OrderToSend } from '@orderlane/db/due-orders';
import type { AccountId } from '@orderlane/domain/ids';
import { laneName } from '@orderlane/domain/lane';
import pLimit, { type LimitFunction } from 'p-limit';

/** Two would do; a place is also held while an exit waits for the account's position book. */
const placesOfEach = 4;

export interface GatePlaces {
  /** Runs `work` when one of the account's places for orders of this lane and priority is free. */
  take<T>(
    accountId: AccountId,
    order: Pick<OrderToSend, 'lane' | 'priority'>,
    work: () => Promise<T>,
  ): Promise<T>;
}

/**
 * Only so many orders of a process ask an account's gate for a slot; the others wait here, first come, first
 * served. The gate grants one slot at a time and everyone who waits asks for it: hundreds of askers keep Redis
 * and the process so busy that grants are too old when they arrive, and the rate falls to a fraction. Each
 * priority has places of its own: entries that wait never hold up an exit.
 */
export function createGatePlaces(): GatePlaces {
  const places = new Map<string, LimitFunction>();
  return {
    async take(accountId, { lane, priority }, work) {
      const name = `${laneName(lane, accountId)}:${priority}`;
      const place = places.get(name) ?? pLimit(placesOfEach);
      places.set(name, place);
      try {
        return await place(work);
      } finally {
        if (place.activeCount + place.pendingCount === 0) places.delete(name);
      }
    },
  };
}
