import { prune } from '@orderlane/db/prune';
import { takeTurn } from '@orderlane/db/work-leases';
import * as events from '@orderlane/runtime/events';
import { repeat } from '@orderlane/runtime/repeat';
import type { Parts, Stores } from './stores.ts';

/** Rows of one transaction: some ten milliseconds. */
const rowsPerBite = 500;
/** Between two of them (ms). */
const pauseMs = 100;

/** Deletes what is past its time once in PRUNE_MS, by one scheduler at a time. */
export function startRetention(parts: Parts, { db, outages }: Stores): void {
  const { config, log, started, shutdown } = parts;
  const retention = {
    signalsMs: config.KEEP_SIGNALS,
    ordersMs: config.KEEP_ORDERS,
    booksMs: config.KEEP_BOOKS,
    alertsMs: config.KEEP_ALERTS,
  };
  started.use(
    repeat({
      everyMs: config.PRUNE_MS / 4,
      run: async () => {
        const turn = { work: 'prune', item: 0, everyMs: config.PRUNE_MS };
        if (!(await takeTurn(db, turn))) return;
        const pruned = await prune(db, { retention, limit: rowsPerBite, pauseMs, shutdown });
        if (Object.values(pruned).some((rows) => rows > 0)) events.pastTimeDeleted(log, pruned);
      },
      onError: outages.postgres.failed,
    }),
  );
}
