/** The market's time: Asia/Kolkata, in which every window, square-off and session date is meant. */
export type TradingClock = () => Temporal.ZonedDateTime;

const ZONE = 'Asia/Kolkata';

/**
 * The clock of the trading window. Given an instant it starts there, now, and runs on; without one
 * it is the real time. Nothing durable (received, expiry, lease) may use it: those are the
 * database's.
 */
export function createTradingClock(startsAt?: Temporal.Instant): TradingClock {
  if (!startsAt) return () => Temporal.Now.zonedDateTimeISO(ZONE);
  const startedAtMs = performance.now();
  return () => {
    const elapsedMs = Math.floor(performance.now() - startedAtMs);
    return startsAt.add({ milliseconds: elapsedMs }).toZonedDateTimeISO(ZONE);
  };
}
