import type { Exchange } from '../instrument.ts';
import { normalHours } from '../market-sessions.ts';

export interface ConvertedTimes {
  isIntraday: boolean;
  startTime: string | null;
  endTime: string | null;
  squareoffTime: string | null;
  /** What is not as it was, in words. */
  fixed: string[];
}

interface TimesToConvert {
  isIntraday: boolean;
  startTime: string | null;
  endTime: string | null;
  squareoffTime: string | null;
}

/** Since the closing auction began a square-off of shares in this time may come too late. */
const lateSquareOff = { from: '15:11', to: '15:30', instead: '15:10' };

/** A minute that is the last for entries where the square-off is earlier than it was. */
const lastEntry = '15:09';

/**
 * Times in our form, changed where that only makes trading end sooner: what is still wrong with them
 * is for `checkStrategy` to say.
 */
export function convertTimes(
  times: TimesToConvert,
  args: { exchanges: readonly Exchange[]; today: Temporal.PlainDate },
): ConvertedTimes {
  if (!times.isIntraday) return withoutTimes(times);
  const fixed: string[] = [];
  const start = notBeforeOpen(convertTime(times.startTime), args, fixed);
  const given = convertTime(times.squareoffTime);
  const squareoff = beforeAuction(given, args.exchanges, fixed);
  const end = convertTime(times.endTime);
  const isEndLate = squareoff !== given && end !== null && end >= lateSquareOff.instead;
  if (isEndLate) fixed.push(`last entry ${end} becomes ${lastEntry}, before the square-off`);
  return {
    isIntraday: true,
    startTime: start,
    endTime: isEndLate ? lastEntry : end,
    squareoffTime: squareoff,
    fixed,
  };
}

function withoutTimes({ startTime, endTime, squareoffTime }: TimesToConvert): ConvertedTimes {
  const hadTimes = [startTime, endTime, squareoffTime].some((time) => (time ?? '').trim() !== '');
  return {
    isIntraday: false,
    startTime: null,
    endTime: null,
    squareoffTime: null,
    fixed: hadTimes ? ['its times are left out: it is positional, OpenAlgo does not use them'] : [],
  };
}

/** `9:15` and `09:15:00` are 09:15; what is no time stays as it is, nothing becomes null. */
function convertTime(text: string | null): string | null {
  const time = text?.trim() ?? '';
  if (time === '') return null;
  const parts = /^(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(time);
  return parts === null ? time : `${parts[1]?.padStart(2, '0')}:${parts[2]}`;
}

function notBeforeOpen(
  start: string | null,
  { exchanges, today }: { exchanges: readonly Exchange[]; today: Temporal.PlainDate },
  fixed: string[],
): string | null {
  const opens = exchanges.map((exchange) => normalHours(exchange, today).open).toSorted();
  const open = opens.at(-1);
  const isEarly = start !== null && /^\d\d:\d\d$/.test(start) && open !== undefined && start < open;
  if (!isEarly) return start;
  fixed.push(`first entry ${start} becomes ${open}, when ${exchanges.join(', ')} are open`);
  return open;
}

function beforeAuction(
  squareoff: string | null,
  exchanges: readonly Exchange[],
  fixed: string[],
): string | null {
  const isShares = exchanges.some((exchange) => exchange === 'NSE' || exchange === 'BSE');
  const { from, to, instead } = lateSquareOff;
  const isLate = squareoff !== null && squareoff >= from && squareoff <= to;
  if (!isShares || !isLate) return squareoff;
  fixed.push(`square-off ${squareoff} becomes ${instead}: shares go into the closing auction`);
  return instead;
}
