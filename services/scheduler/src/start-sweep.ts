import type { RestoreRow } from '@orderlane/db/restores';
import { limitsOf } from '@orderlane/queue/account-limits';
import { type Repeated, repeat } from '@orderlane/runtime/repeat';
import { reportExpired, reportLapsed, reportRestored } from './report.ts';
import type { Parts, Stores } from './stores.ts';
import { sweepQueued } from './sweep-queued.ts';

/** Sweeps now, every SWEEP_MS, and whenever Redis comes back: it may have lost everything. */
export function startSweep(
  { config, log, started }: Parts,
  { db, redis, lanes, outages }: Stores,
): Repeated {
  const deps = {
    db,
    lanes,
    redis: outages.redis,
    limit: config.SWEEP_LIMIT,
    limitsOf: (account: Parameters<typeof limitsOf>[1]) => limitsOf(config, account),
    onRestored: (restore: RestoreRow) => reportRestored(log, restore),
    onExpired: (order: Parameters<typeof reportExpired>[1]) => reportExpired(log, order),
    onLapsed: (order: Parameters<typeof reportLapsed>[1]) => reportLapsed(log, order),
  };
  const sweep = started.use(
    repeat({
      everyMs: config.SWEEP_MS,
      run: async () => {
        await sweepQueued(deps);
        outages.postgres.over();
      },
      onError: outages.postgres.failed,
    }),
  );
  redis.on('ready', sweep.soon);
  return sweep;
}
