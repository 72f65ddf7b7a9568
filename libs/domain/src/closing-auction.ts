import type { Instrument } from './instrument.ts';
import { closingAuction } from './market-hours.ts';

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
  const { exchanges, validFrom, continuousEnd, ordersFrom } = closingAuction;
  const isShare = exchanges.some((each) => each === exchange);
  if (!isAuctionStock || !isShare) return undefined;
  const local = now.withTimeZone('Asia/Kolkata');
  if (local.toPlainDate().toString() < validFrom) return undefined;
  const [from, until] = [continuousEnd, ordersFrom].map((time) => local.withPlainTime(time));
  if (from === undefined || until === undefined) return undefined;
  const isHeld = local.epochNanoseconds >= from.epochNanoseconds;
  return isHeld && local.epochNanoseconds < until.epochNanoseconds ? until : undefined;
}
