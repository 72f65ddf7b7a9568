import type { Hours } from './calendar-lines.ts';

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A session that ends after midnight began after noon, and is over by this time. */
const lastEnd = '03:00';

/**
 * Whether two times make a session: the end after the start, or soon after midnight where the
 * session began in the afternoon (Muhurat trading on MCX).
 */
export function isSession({ open, close }: Hours): boolean {
  if (!timeOfDay.test(open) || !timeOfDay.test(close)) return false;
  return open < close || (close <= lastEnd && open >= '12:00');
}
