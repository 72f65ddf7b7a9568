import { exchanges } from '@orderlane/domain/instrument';
import type { Calendar } from '@orderlane/domain/market-calendar';
import { openSessionAt } from '@orderlane/domain/market-sessions';

/** Whether any market is open, so that something may happen on an account without us. */
export function isAnyMarketOpen(now: Temporal.ZonedDateTime, calendar: Calendar): boolean {
  return exchanges.some((exchange) => openSessionAt(exchange, now, calendar) !== undefined);
}
