const zone = 'Asia/Kolkata';

/** What was missed longer ago is history: brokers close intraday positions themselves each day. */
const daysToLookBack = 7;

/** How long ago an instant was (ms); negative: it is still to come. */
export function agoMs(instant: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): number {
  return now.epochMilliseconds - instant.epochMilliseconds;
}

/**
 * The dates of Asia/Kolkata from the day before the last finished tick, whose session may go on after
 * midnight, to today; only today before the first tick. Oldest first.
 */
export function sessionDatesSince(
  lastTick: Temporal.Instant | undefined,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate[] {
  const today = now.withTimeZone(zone).toPlainDate();
  if (lastTick === undefined) return [today];
  const days = lastTick.toZonedDateTimeISO(zone).toPlainDate().until(today).days + 1;
  const count = Math.min(days, daysToLookBack);
  return Array.from({ length: count + 1 }, (_, index) => today.subtract({ days: count - index }));
}

/** How long ago a date began and ended (ms); 0 for an end that is still to come. */
export function dateSpan(
  date: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
): { sinceMs: number; untilMs: number } {
  const begins = date.toZonedDateTime({ timeZone: zone });
  const ends = begins.add({ days: 1 });
  return { sinceMs: Math.max(0, agoMs(begins, now)), untilMs: Math.max(0, agoMs(ends, now)) };
}
