import type { CalendarLine } from '@orderlane/domain/calendar-lines';

/** A line of the calendar as programs get it and as the audit log keeps it. */
export function calendarData({ date, exchange, hours, note }: CalendarLine) {
  return { date, exchange, hours: hoursText({ hours }), note };
}

/** `09:15-15:30`, or `closed`. */
export function hoursText({ hours }: Pick<CalendarLine, 'hours'>): string {
  return hours === null ? 'closed' : `${hours.open}-${hours.close}`;
}
