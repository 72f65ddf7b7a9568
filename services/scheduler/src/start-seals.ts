import type { Db } from '@orderlane/db/open-db';
import { type Sealed, sealOrderEvents } from '@orderlane/db/seal-order-events';
import { takeTurn } from '@orderlane/db/work-leases';
import * as events from '@orderlane/runtime/events';
import { repeat } from '@orderlane/runtime/repeat';
import type { Parts, Stores } from './stores.ts';

/** Rows of one seal at the most: a backlog takes several. */
const rowsPerSeal = 20_000;

/** Seals the moves of orders once in SEAL_MS, by one scheduler at a time. */
export function startSeals({ config, log, started }: Parts, { db, outages }: Stores): void {
  const onSealed = (sealed: Sealed) => events.orderEventsSealed(log, sealed);
  started.use(
    repeat({
      everyMs: config.SEAL_MS / 4,
      run: async () => await seal({ db, onSealed }, config.SEAL_MS),
      onError: outages.postgres.failed,
    }),
  );
}

async function seal(
  { db, onSealed }: { db: Db; onSealed(sealed: Sealed): void },
  everyMs: number,
): Promise<void> {
  if (!(await takeTurn(db, { work: 'seal_order_events', item: 0, everyMs }))) return;
  let sealed: Sealed | undefined;
  do {
    sealed = await sealOrderEvents(db, { limit: rowsPerSeal });
    if (sealed !== undefined) onSealed(sealed);
  } while (sealed?.isFull);
}
