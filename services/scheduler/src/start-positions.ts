import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { comparePositions } from './compare-positions.ts';
import { endPositions } from './end-positions.ts';
import { isAnyMarketOpen } from './market-open.ts';
import type { Parts, Stores } from './stores.ts';
import { createTasks } from './tasks.ts';
import { tellUnseenEnds } from './tell-unseen-ends.ts';

/** From 08:45, where the stocks open at 09:15: what changed overnight is known before the first signal. */
const minutesBefore = 30;

/** Keeps the strategies' own positions true: ends what expired, and tells of what somebody else closed. */
export function startPositions(
  { config, started }: Parts,
  {
    stores,
    clients,
    now,
    calendar,
  }: { stores: Stores; clients: AccountClients; now: TradingClock; calendar: LiveCalendar },
): void {
  const { db, outages } = stores;
  const onError = outages.postgres.failed;
  const compare = {
    db,
    clientOf: clients.of,
    tasks: started.use(createTasks(onError)),
    everyMs: config.POSITIONS_CHECK_MS,
    proofGapMs: config.CLOSING_PROOF_GAP_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
    sleep: async (ms: number) => await sleep(ms),
  };
  const isDue = () =>
    [now(), now().add({ minutes: minutesBefore })].some((at) => isAnyMarketOpen(at, calendar));
  started.use(
    repeat({
      everyMs: config.POSITIONS_CHECK_MS / 4,
      run: async () => {
        await calendar.read();
        await endPositions({ db, calendar, now });
        await tellUnseenEnds(db);
        if (isDue()) await comparePositions(compare);
      },
      onError,
    }),
  );
}
