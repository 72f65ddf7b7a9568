import { hostname } from 'node:os';
import type { LiveAuction } from '@orderlane/db/live-auction';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { openTick, type Tick } from '@orderlane/queue/tick';
import * as events from '@orderlane/runtime/events';
import { newId } from '@orderlane/runtime/new-id';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { openDueSquareOffs } from './open-due-square-offs.ts';
import { createPositionReader } from './position-reader.ts';
import type { StoredSquareOff } from './store-square-off.ts';
import type { Parts, Stores } from './stores.ts';
import { createTicks, type Ticks } from './tick.ts';
import { workSquareOffs } from './work-square-offs.ts';

interface ClockParts {
  stores: Stores;
  clients: AccountClients;
  now: TradingClock;
  calendar: LiveCalendar;
  auction: LiveAuction;
}

/** Squares off at each strategy's time: by the job scheduler's tick, and without Redis by its own. */
export function startClock(parts: Parts, clock: ClockParts): void {
  const { config, log, started } = parts;
  const { stores } = clock;
  const { postgres, redis } = stores.outages;
  const ticks = createSquareOffTicks(parts, clock);
  const jobs = openTick(stores.place, { onTick: ticks.tick, onError: redis.failed });
  started.defer(async () => await jobs.close());
  const arm = armOnce(jobs, redis.failed);
  arm();
  let isFirst = true;
  started.use(
    repeat({
      everyMs: config.TICK_CHECK_MS,
      run: async () => {
        // A scheduler that starts may be late for something.
        const hadToTick = await ticks.check(isFirst ? 0 : config.TICK_STALE_MS);
        if (hadToTick && !isFirst) {
          log.warn({ event: 'tick_stale' }, 'the tick did not come: ticking without Redis');
          arm();
        }
        isFirst = false;
      },
      onError: postgres.failed,
    }),
  );
}

/** Without Redis arming waits for it: once, however often it is asked for meanwhile. */
function armOnce(jobs: Tick, onError: (error: unknown) => void): () => void {
  let isArming = false;
  return () => {
    if (isArming) return;
    isArming = true;
    jobs
      .arm()
      .catch(onError)
      .finally(() => {
        isArming = false;
      });
  };
}

function createSquareOffTicks(parts: Parts, clock: ClockParts): Ticks {
  const { stores, clients, now, calendar, auction } = clock;
  const { config, log } = parts;
  const { db } = stores;
  const onMissed = (squareOff: events.SquareOffFacts) => events.squareOffMissed(log, squareOff);
  const work = {
    ...{ db, calendar, newId, now, onMissed, isAuctionStock: auction.isAuctionStock },
    worker: `${hostname()}:${process.pid}:${newId()}`,
    leaseMs: config.SQUARE_OFF_LEASE_MS,
    retryMs: config.SQUARE_OFF_RETRY_MS,
    watchMs: config.CLOSING_WATCH_MS,
    readPositions: createPositionReader(parts, { stores, clients }),
    enqueue: async (stored: StoredSquareOff) => await enqueue(stores, stored),
    onFault: (error: unknown) =>
      log.error(
        { event: 'square_off_failed', err: error },
        'a square-off failed; it is tried again',
      ),
    onStored: (stored: events.SquareOffFacts & StoredSquareOff) => {
      const { strategy, sessionDate, exits } = stored;
      if (stored.isDone) events.squareOffDone(log, { strategy, sessionDate, exits: exits.length });
    },
  };
  const open = {
    db,
    calendar,
    onMissed,
    onDue: (due: events.SquareOffFacts) => events.squareOffDue(log, due),
  };
  return createTicks({
    db,
    now,
    readMarket: async () => await Promise.all([calendar.read(), auction.read()]),
    openDue: async (at) => await openDueSquareOffs(open, at),
    work: async () => await workSquareOffs(work),
  });
}

async function enqueue({ lanes, outages }: Stores, stored: StoredSquareOff): Promise<void> {
  await outages.redis.attempt(async () => {
    await lanes.add(stored.exits);
    if (stored.voided.length > 0) await lanes.remove(stored.voided);
  });
}
