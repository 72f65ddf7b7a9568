import type { AccountRow } from '@orderlane/db/accounts';
import type { LiveAuction } from '@orderlane/db/live-auction';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import { takeTurn } from '@orderlane/db/work-leases';
import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { BookLook } from '@orderlane/manage/outlook-square-off';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { limitsOf } from '@orderlane/queue/account-limits';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { createPositionReader, type PositionReader } from './position-reader.ts';
import { preflightSquareOffs } from './preflight-square-offs.ts';
import type { Parts, Stores } from './stores.ts';

interface PreflightParts {
  stores: Stores;
  clients: AccountClients;
  now: TradingClock;
  calendar: LiveCalendar;
  auction: LiveAuction;
}

/** Looks at square-offs that are due soon, beside the clock: what it reads must not hold that up. */
export function startPreflight(parts: Parts, preflight: PreflightParts): void {
  const { config, log, started } = parts;
  const { stores, clients, now, calendar, auction } = preflight;
  const { db, lanes, outages } = stores;
  const readPositions = createPositionReader(parts, { stores, clients });
  const deps = {
    ...{ db, now, calendar, isAuctionStock: auction.isAuctionStock },
    leadMs: config.SQUARE_OFF_PREFLIGHT_MS,
    paceOf: (account: AccountRow) => limitsOf(config, account),
    look: async (account: AccountRow) => await lookWith(readPositions, account),
    // Without Redis nothing is sent, whoever is there.
    isServed: async (lane: Lane, accountId: AccountId) =>
      await lanes.isServed(lane, accountId).catch(() => false),
    onFault: (error: unknown) =>
      log.error({ event: 'preflight_failed', err: error }, 'a preflight failed; it is tried again'),
  };
  const everyMs = config.TICK_CHECK_MS;
  const run = async () => {
    if (!(await takeTurn(db, { work: 'preflight', item: 0, everyMs }))) return;
    await Promise.all([calendar.read(), auction.read()]);
    await preflightSquareOffs(deps);
  };
  started.use(repeat({ everyMs, run, onError: outages.postgres.failed }));
}

async function lookWith(read: PositionReader, account: AccountRow): Promise<BookLook> {
  const book = await read(account);
  switch (book.kind) {
    case 'clean':
      return { positions: book.positions, failure: null };
    case 'empty':
      return { positions: [], failure: null };
    case 'unread':
      return { positions: null, failure: book.reason };
  }
}
