import type { Instrument } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { openSessionAt } from './market-sessions.ts';
import type { OrderPlan } from './order-plan.ts';
import { squareOffToday } from './square-off-session.ts';
import type { Strategy } from './strategy.ts';

/** An exit that comes while its market is closed is sent at once and kept this long. */
const outsideSessionMs = 600_000;

const minuteMs = 60_000;

/** The part of a plan that says how long it may wait. */
type Expiry = Pick<OrderPlan, 'expiresInMs' | 'latestExpiresInMs'>;

type EntryTimes = Pick<
  Strategy,
  'entryMaxAgeMs' | 'isIntraday' | 'endTime' | 'squareoffTime' | 'mappings'
>;

interface EntryWait {
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
  /** ENTRY_MAX_AGE, for strategies that have none of their own (ms). */
  entryMaxAgeMs: number;
}

/**
 * How long after its signal an entry may still be sent: its maximum age, which the store lengthens
 * by the lane's backlog, but not past the minute of the window's end nor into the square-off.
 */
export function entryExpiry(strategy: EntryTimes, wait: EntryWait): Expiry {
  const { now, entryMaxAgeMs } = wait;
  const expiresInMs = strategy.entryMaxAgeMs ?? entryMaxAgeMs;
  if (!strategy.isIntraday) return { expiresInMs, latestExpiresInMs: null };
  const squareOff = squareOffToday(strategy, wait);
  const limits = [
    ...(strategy.endTime === null ? [] : [msUntil(now, strategy.endTime) + minuteMs]),
    ...(squareOff === undefined ? [] : [msBetween(now, squareOff.dueAt)]),
  ];
  const latestExpiresInMs = limits.length === 0 ? null : Math.max(0, Math.min(...limits));
  return { expiresInMs, latestExpiresInMs };
}

interface ExitWait {
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
}

/**
 * How long after its signal an exit may still be sent: until the close of the instrument's session,
 * or ten minutes where no session is open.
 */
export function exitExpiry(instrument: Instrument, { now, calendar }: ExitWait): Expiry {
  const session = openSessionAt(instrument.exchange, now, calendar);
  const expiresInMs = session === undefined ? outsideSessionMs : msBetween(now, session.closesAt);
  return { expiresInMs, latestExpiresInMs: null };
}

/** From now to `HH:MM` of the same day in Asia/Kolkata. */
function msUntil(now: Temporal.ZonedDateTime, time: string): number {
  return msBetween(now, now.withTimeZone('Asia/Kolkata').withPlainTime(time));
}

function msBetween(from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): number {
  return to.epochMilliseconds - from.epochMilliseconds;
}
