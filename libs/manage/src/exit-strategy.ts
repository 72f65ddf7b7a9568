import { readAuction } from '@orderlane/db/live-auction';
import type { OpenedClosings } from '@orderlane/db/open-closings';
import { openClosings } from '@orderlane/db/open-closings';
import { holdMs } from '@orderlane/domain/closing-auction';
import { exitExpiry } from '@orderlane/domain/expiry';
import { brandIds } from '@orderlane/domain/ids';
import { instrumentKey } from '@orderlane/domain/instrument';
import type { Calendar } from '@orderlane/domain/market-calendar';
import type { Strategy } from '@orderlane/domain/strategy';
import { newId } from '@orderlane/runtime/new-id';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

export interface AskedExit {
  strategy: Strategy;
  /** As OpenAlgo names it; everything that the strategy holds when left out. */
  symbol: string | undefined;
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
}

/**
 * Closes what a strategy holds, now, whether or not it is active: each closing is driven to its end. The
 * first orders are to be put on their lanes after the commit, or left to the sweep.
 * @throws ManageError nothing_to_exit
 */
export async function exitStrategy(manager: Manager, asked: AskedExit): Promise<OpenedClosings> {
  const { strategy, now, calendar } = asked;
  const symbol = asked.symbol?.trim().toUpperCase();
  const isAuctionStock = await readAuction(manager.db);
  const opened = await openClosings(manager.db, {
    strategy,
    cause: 'person',
    newId: () => brandIds.order(newId()),
    isWanted: ({ instrument }) => symbol === undefined || instrument.symbol === symbol,
    expiresInMs: (instrument) => exitExpiry(instrument, { now, calendar }).expiresInMs,
    notBeforeMs: (instrument) => holdMs(instrument, { now, calendar, isAuctionStock }),
  });
  if (opened.exits.length + opened.joined.length === 0) throw nothingHeld(strategy.name, symbol);
  await recordChange(manager, {
    what: 'strategy.exit',
    subject: `strategy ${strategy.id}`,
    after: closingData(opened),
  });
  return opened;
}

function nothingHeld(name: string, symbol: string | undefined): ManageError {
  const where = symbol === undefined ? '' : ` in ${symbol}`;
  return new ManageError('nothing_to_exit', `Strategy "${name}" holds nothing${where}`);
}

/** The closings that an exit opened, as programs get them. */
export function closingData({ exits, orders, joined }: OpenedClosings) {
  return {
    closings: exits.map(({ instrument, lane, action, quantity }, index) => ({
      ...instrument,
      ...{ lane, action, quantity },
      order_id: orders[index]?.id,
    })),
    already_closing: joined.map(instrumentKey),
  };
}
