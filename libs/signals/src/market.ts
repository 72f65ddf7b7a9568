import { listCalendarDays } from '@orderlane/db/calendar-days';
import { createLiveAuction, readAuction } from '@orderlane/db/live-auction';
import { createLiveCalendar, type LiveCalendar } from '@orderlane/db/live-calendar';
import type { Db } from '@orderlane/db/open-db';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import type { PlanInput } from '@orderlane/domain/decision';

/** What a decision has to know of the markets. */
export type Market = Pick<PlanInput, 'calendar' | 'isAuctionStock'>;

export interface LiveMarket {
  /** @throws when Postgres is away */
  readMarket(): Promise<Market>;
  calendar: LiveCalendar;
}

const calendarMaxAgeMs = 5000;

/** It changes once a week at the most. */
const auctionMaxAgeMs = 60_000;

/** Keeps the calendar and the stocks of the closing auction, a few seconds old at the most. */
export function createMarket(deps: { db: Db; monotonicNow(): number }): LiveMarket {
  const calendar = createLiveCalendar({ ...deps, maxAgeMs: calendarMaxAgeMs });
  const auction = createLiveAuction({ ...deps, maxAgeMs: auctionMaxAgeMs });
  const { isAuctionStock } = auction;
  return {
    calendar,
    async readMarket() {
      const [read] = await Promise.all([calendar.read(), auction.read()]);
      return { calendar: read, isAuctionStock };
    },
  };
}

/** The markets as they are known at this moment. @throws when Postgres is away */
export async function readMarketNow(db: Db): Promise<Market> {
  const isAuctionStock = await readAuction(db);
  return { calendar: calendarOf(winningLines(await listCalendarDays(db))), isAuctionStock };
}
