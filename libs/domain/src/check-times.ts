import { type Exchange, exchanges } from './instrument.ts';
import type { Mapping } from './mapping.ts';
import { normalHours } from './market-sessions.ts';
import type { SaveIssue } from './save-issue.ts';
import type { Strategy } from './strategy.ts';

type Times = Pick<Strategy, 'isIntraday' | 'startTime' | 'endTime' | 'squareoffTime'> & {
  mappings: readonly Mapping[];
};

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Brokers close intraday positions of shares themselves from about here, at a charge. */
const lateSquareOff = { from: '15:11', to: '15:30' };

/**
 * An intraday strategy has three times of Asia/Kolkata, start before end before square-off; a
 * positional one has none.
 */
export function checkTimes(times: Omit<Times, 'mappings'>): SaveIssue[] {
  const { isIntraday, startTime: start, endTime: end, squareoffTime: squareoff } = times;
  if (!isIntraday) {
    return (start ?? end ?? squareoff) === null
      ? []
      : [issue('startTime', 'Only intraday strategies have times')];
  }
  if (start === null || end === null || squareoff === null) {
    return [issue('startTime', 'All time fields are required for intraday strategy')];
  }
  if (![start, end, squareoff].every((time) => timeOfDay.test(time))) {
    return [issue('startTime', 'Invalid time format')];
  }
  return checkOrder({ start, end, squareoff });
}

/** Times that are times have to be inside the hours that all mapped exchanges have on a normal day. */
export function checkMappedHours(times: Times, today: Temporal.PlainDate): SaveIssue[] {
  const { isIntraday, startTime: start, endTime: end, squareoffTime: squareoff } = times;
  if (!isIntraday || start === null || end === null || squareoff === null) return [];
  if (![start, end, squareoff].every((time) => timeOfDay.test(time))) return [];
  return checkHours({ start, end, squareoff }, exchangesOf(times), today);
}

/** A square-off of shares so late is allowed, but the broker is likely to be there first. */
export function warnOfLateSquareOff(times: Times): SaveIssue[] {
  const { squareoffTime } = times;
  const isShares = exchangesOf(times).some((exchange) => exchange === 'NSE' || exchange === 'BSE');
  const isLate =
    squareoffTime !== null &&
    squareoffTime >= lateSquareOff.from &&
    squareoffTime <= lateSquareOff.to;
  const text =
    'Shares that have derivatives stop trading at 15:15 for the closing auction, and brokers close ' +
    'intraday positions themselves at about that time: 15:10 or earlier is safer';
  return isShares && isLate ? [issue('squareoffTime', text)] : [];
}

/** Without mappings no exchange is known: what none of them has open is told all the same. */
export function warnOfHoursOfNone(times: Times, today: Temporal.PlainDate): SaveIssue[] {
  const { isIntraday, startTime: start, squareoffTime: squareoff, mappings } = times;
  if (!isIntraday || mappings.length > 0 || start === null || squareoff === null) return [];
  const isOpen = exchanges.some((exchange) => {
    const { open, close } = normalHours(exchange, today);
    return start >= open && squareoff <= close;
  });
  const text =
    `No exchange is open from ${start} to ${squareoff}: no mapping can be added before the times ` +
    'are inside the hours of its exchange';
  return isOpen ? [] : [issue('startTime', text)];
}

interface Window {
  start: string;
  end: string;
  squareoff: string;
}

function checkOrder({ start, end, squareoff }: Window): SaveIssue[] {
  if (start >= end) return [issue('startTime', 'Start time must be before end time')];
  if (end >= squareoff) return [issue('endTime', 'End time must be before square off time')];
  return [];
}

function checkHours(
  { start, squareoff }: Window,
  mapped: readonly Exchange[],
  today: Temporal.PlainDate,
): SaveIssue[] {
  const hours = mapped.map((exchange) => normalHours(exchange, today));
  const open = hours
    .map((one) => one.open)
    .sort()
    .at(-1);
  const close = hours
    .map((one) => one.close)
    .sort()
    .at(0);
  if (open === undefined || close === undefined) return [];
  const where = `the market hours of ${mapped.join(', ')}: ${open} to ${close}`;
  return [
    ...(start < open ? [issue('startTime', `Start time is before ${where}`)] : []),
    ...(squareoff > close ? [issue('squareoffTime', `Square off time is after ${where}`)] : []),
  ];
}

function exchangesOf({ mappings }: Times): Exchange[] {
  return [...new Set(mappings.map((mapping) => mapping.exchange))];
}

function issue(field: keyof Times, text: string): SaveIssue {
  return { field, text };
}
