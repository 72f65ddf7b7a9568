import { listStrategiesToFlatten } from '@orderlane/db/flatten';
import { openClosings } from '@orderlane/db/open-closings';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { findStrategy } from '@orderlane/db/strategies';
import { exitExpiry } from '@orderlane/domain/expiry';
import { brandIds } from '@orderlane/domain/ids';
import type { Calendar } from '@orderlane/domain/market-calendar';

export interface FlattenDeps {
  db: Db;
  calendar: Calendar;
  newId(): string;
  now(): Temporal.ZonedDateTime;
  /** After the commit; what fails here is left to the sweep. */
  enqueue(orders: DueOrder[]): Promise<void>;
}

/**
 * Opens the closings that a kill switch set to flatten asks for, whoever set it and whenever: what fills
 * later, or comes back, is found by the next round.
 */
export async function flatten(deps: FlattenDeps): Promise<void> {
  for (const id of await listStrategiesToFlatten(deps.db)) {
    const strategy = await findStrategy(deps.db, id);
    if (strategy === undefined) continue;
    const { calendar } = deps;
    const { orders } = await deps.db.transaction().execute(
      async (db) =>
        await openClosings(db, {
          strategy,
          cause: 'flatten',
          newId: () => brandIds.order(deps.newId()),
          expiresInMs: (instrument) =>
            exitExpiry(instrument, { now: deps.now(), calendar }).expiresInMs,
        }),
    );
    await deps.enqueue(orders);
  }
}
