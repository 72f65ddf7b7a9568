import type { Role } from './order-plan.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Strategy } from './strategy.ts';

/** OpenAlgo's two webhooks say the same in different words. */
export type WindowWording = 'order' | 'scan';

type Times = Pick<Strategy, 'isIntraday' | 'startTime' | 'endTime' | 'squareoffTime'>;

interface Moment {
  role: Role;
  /** Of the process's own, injectable trading clock; any zone. */
  now: Temporal.ZonedDateTime;
  wording: WindowWording;
}

const scanTexts = {
  before: 'Cannot place orders before start time',
  afterSquareoff: 'Cannot place orders after squareoff time',
  entryAfterEnd: 'Cannot place entry orders after end time',
};

/**
 * Whether an intraday strategy takes an order at this minute of Asia/Kolkata: entries from start to
 * end, exits from start to square-off, both ends inclusive. Undefined: it does.
 */
export function checkWindow(times: Times, moment: Moment): Refusal | undefined {
  if (!times.isIntraday) return undefined;
  const minute = minuteOf(moment.now);
  if (isBefore(minute, times.startTime)) return beforeStart(moment);
  return moment.role === 'entry' ? checkEntryEnd(times, moment) : checkExitEnd(times, moment);
}

/** The minute of the day in Asia/Kolkata, seconds cut off. */
export function minuteOf(now: Temporal.ZonedDateTime): Temporal.PlainTime {
  const { hour, minute } = now.withTimeZone('Asia/Kolkata');
  return Temporal.PlainTime.from({ hour, minute });
}

function beforeStart({ role, wording }: Moment): Refusal {
  const code = role === 'entry' ? 'entry_before_start_time' : 'exit_before_start_time';
  return refuse(code, wording === 'scan' ? { text: scanTexts.before } : {});
}

function checkEntryEnd(times: Times, { now, wording }: Moment): Refusal | undefined {
  const minute = minuteOf(now);
  if (!isAfter(minute, times.endTime)) return undefined;
  if (wording === 'order') return refuse('entry_after_end_time');
  const isOver = isAfter(minute, times.squareoffTime);
  return refuse('entry_after_end_time', {
    text: isOver ? scanTexts.afterSquareoff : scanTexts.entryAfterEnd,
  });
}

function checkExitEnd(times: Times, { now, wording }: Moment): Refusal | undefined {
  if (!isAfter(minuteOf(now), times.squareoffTime)) return undefined;
  const details = wording === 'scan' ? { text: scanTexts.afterSquareoff } : {};
  return refuse('exit_after_squareoff_time', details);
}

function isBefore(minute: Temporal.PlainTime, limit: string | null): boolean {
  return limit !== null && Temporal.PlainTime.compare(minute, Temporal.PlainTime.from(limit)) < 0;
}

function isAfter(minute: Temporal.PlainTime, limit: string | null): boolean {
  return limit !== null && Temporal.PlainTime.compare(minute, Temporal.PlainTime.from(limit)) > 0;
}
