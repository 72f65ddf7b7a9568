import { hostname } from 'node:os';
import { type AccountRow, findAccount } from '@orderlane/db/accounts';
import type { ClosingToWork } from '@orderlane/db/closings';
import type { LiveAuction } from '@orderlane/db/live-auction';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { ClosingTimes } from '@orderlane/domain/closing';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { newId } from '@orderlane/runtime/new-id';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import type { EndedClosing } from './carry-out-closing.ts';
import { closeUnasked } from './close-unasked.ts';
import type { SchedulerConfig } from './config.ts';
import { createGatedCancel } from './gated-cancel.ts';
import { lookAtAccount } from './look-at-account.ts';
import { createPositionReader } from './position-reader.ts';
import { reportClosing } from './report.ts';
import type { Parts, Stores } from './stores.ts';
import { createTasks } from './tasks.ts';
import { workClosings } from './work-closings.ts';

interface ClosingParts {
  stores: Stores;
  clients: AccountClients;
  now: TradingClock;
  calendar: LiveCalendar;
  auction: LiveAuction;
}

/** Drives every closing to its end: closed and proved, or in front of a person. */
export function startClosings(parts: Parts, closing: ClosingParts): void {
  const { config, log, started } = parts;
  const { lanes, outages, db } = closing.stores;
  const { now, calendar, auction } = closing;
  const { isAuctionStock } = auction;
  const enqueue = async (orders: DueOrder[]) =>
    void (await outages.redis.attempt(async () => await lanes.add(orders)));
  const work = {
    ...{ db, newId, enqueue, now, calendar, isAuctionStock, times: timesOf(config) },
    ...farSide(parts, closing),
    tasks: started.use(createTasks(outages.postgres.failed)),
    worker: `${hostname()}:${process.pid}:${newId()}`,
    leaseMs: config.CLOSING_LEASE_MS,
    onEnded: (ended: EndedClosing) => reportClosing(log, ended),
    onFault: (error: unknown) =>
      log.error({ event: 'closing_failed', err: error }, 'a closing failed; it is tried again'),
  };
  const unasked = { db, newId, enqueue, now, calendar, isAuctionStock };
  const everyMs = config.CLOSING_CHECK_MS;
  const onError = outages.postgres.failed;
  const run = async () => {
    await auction.read();
    await workClosings(work);
  };
  started.use(repeat({ everyMs, run, onError }));
  started.use(
    repeat({
      everyMs: config.SWEEP_MS,
      run: async () => {
        await Promise.all([calendar.read(), auction.read()]);
        await closeUnasked(unasked);
      },
      onError,
    }),
  );
}

function timesOf(config: SchedulerConfig): ClosingTimes {
  return {
    restMs: config.CLOSING_REST_MS,
    retryMs: config.CLOSING_RETRY_MS,
    proofGapMs: config.CLOSING_PROOF_GAP_MS,
    unprovedMs: config.CLOSING_UNPROVED_MS,
    lookAgainMs: config.CLOSING_LOOK_MS,
    watchMs: config.CLOSING_WATCH_MS,
  };
}

/** What closings ask of OpenAlgo: to read its books, and to cancel what rests. */
function farSide(parts: Parts, { stores, clients }: ClosingParts) {
  const readPositions = createPositionReader(parts, { stores, clients });
  const cancel = createGatedCancel(parts, { stores, clients });
  const timeoutMs = parts.config.SQUARE_OFF_READ_MS;
  return {
    look: async (account: AccountRow, closings: readonly ClosingToWork[]) =>
      await lookAtAccount(
        { db: stores.db, clientOf: clients.of, readPositions, timeoutMs },
        { account, instruments: closings.map(({ instrument }) => instrument) },
      ),
    cancel: async ({ accountId, strategyName: strategy }: ClosingToWork, brokerOrderId: string) => {
      const account = await findAccount(stores.db, accountId);
      if (account !== undefined) await cancel(account, { strategy, brokerOrderId });
    },
  };
}
