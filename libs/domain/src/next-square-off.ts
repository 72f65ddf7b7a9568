import type { Exchange } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { type SquareOffSession, squareOffOn } from './square-off-session.ts';

export interface NextSquareOff extends SquareOffSession {
  sessionDate: Temporal.PlainDate;
  /** `short_session`: the session is over by the strategy's time, so it is as long before the close. */
  rule: 'set_time' | 'short_session';
}

const zone = 'Asia/Kolkata';

/** A strategy whose exchanges are closed for longer has no next one. */
const daysAhead = 14;

/** The first square-off that is still to come; undefined where none does within two weeks. */
export function nextSquareOff(
  times: { squareoffTime: string; exchanges: readonly Exchange[] },
  { now, calendar }: { now: Temporal.ZonedDateTime; calendar: Calendar },
): NextSquareOff | undefined {
  const today = now.withTimeZone(zone).toPlainDate();
  for (let days = -1; days <= daysAhead; days++) {
    const sessionDate = today.add({ days });
    const session = squareOffOn(times, sessionDate, calendar);
    if (session === undefined || Temporal.ZonedDateTime.compare(session.dueAt, now) <= 0) continue;
    const set = sessionDate.toZonedDateTime({ timeZone: zone, plainTime: times.squareoffTime });
    const isAsSet = session.dueAt.epochMilliseconds === set.epochMilliseconds;
    return { ...session, sessionDate, rule: isAsSet ? 'set_time' : 'short_session' };
  }
  return undefined;
}
