import { endWhatIsFlat } from '@orderlane/db/let-go';
import * as events from '@orderlane/runtime/events';
import { repeat } from '@orderlane/runtime/repeat';
import type { Parts, Stores } from './stores.ts';

/** Ends what was only kept until nothing is held: former mappings, deleted strategies and accounts. */
export function startLettingGo({ config, log, started }: Parts, { db, outages }: Stores): void {
  started.use(
    repeat({
      everyMs: config.SWEEP_MS,
      run: async () => {
        for (const gone of await endWhatIsFlat(db)) events.deletedWhenFlat(log, { ...gone });
      },
      onError: outages.postgres.failed,
    }),
  );
}
