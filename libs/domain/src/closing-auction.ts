import type { Instrument } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { closingAuction } from './market-hours.ts';
import { openSessionAt } from './market-sessions.ts';

/**
 * Until when an exit that is due now is held: between the end of continuous trading and the moment
 * from which the closing auction takes orders, nothing of such a stock can be entered. Undefined: it
 * is sent at once.
 * @param isAuctionStock whether the stock takes part in the closing auction; where nobody knows, true
 */
export function holdUntil(
  { exchange }: Pick<Instrument, 'exchange'>,
  now: Temporal.ZonedDateTime,
  isAuctionStock: boolean,
): Temporal.ZonedDateTime | undefined {
  const { continuousEnd, ordersFrom } = closingAuction;
  const held = isAuctionStock && isWithin({ exchange }, now, [continuousEnd, ordersFrom]);
  return held ? now.withTimeZone('Asia/Kolkata').withPlainTime(ordersFrom) : undefined;
}

/**
 * Whether the closing auction of such a stock is on: an order rests there until it is matched after
 * the auction's end, and a resting one is no reason to cancel it.
 */
export function isInClosingAuction(
  instrument: Pick<Instrument, 'exchange'>,
  now: Temporal.ZonedDateTime,
  isAuctionStock: boolean,
): boolean {
  const { continuousEnd, matchedUntil } = closingAuction;
  return isAuctionStock && isWithin(instrument, now, [continuousEnd, matchedUntil]);
}

/** From the first time on, and before the second. */
function isWithin(
  { exchange }: Pick<Instrument, 'exchange'>,
  now: Temporal.ZonedDateTime,
  [from, until]: readonly [string, string],
): boolean {
  const { exchanges, validFrom } = closingAuction;
  const local = now.withTimeZone('Asia/Kolkata');
  if (!exchanges.some((each) => each === exchange)) return false;
  if (local.toPlainDate().toString() < validFrom) return false;
  const at = local.epochNanoseconds;
  return (
    at >= local.withPlainTime(from).epochNanoseconds &&
    at < local.withPlainTime(until).epochNanoseconds
  );
}

/** What the auction's rules depend on besides the instrument. */
export interface AuctionTime {
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
}

/**
 * How long an exit that is due now is held (ms); null: it is sent at once. See `holdUntil`. On a day
 * without a session, or after it, there is no auction to wait for.
 */
export function holdMs(instrument: Instrument, time: AuctionTime): number | null {
  const { now, calendar, isAuctionStock } = time;
  if (openSessionAt(instrument.exchange, now, calendar) === undefined) return null;
  const until = holdUntil(instrument, now, isAuctionStock(instrument));
  return until === undefined ? null : until.epochMilliseconds - now.epochMilliseconds;
}
