const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zone = 'Asia/Kolkata';

const yearFirst = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}:\d{2}:\d{2})/;
const dayFirst = /^(\d{2})-([A-Za-z]{3}|\d{2})-(\d{4}) (\d{2}:\d{2}:\d{2})/;
const timeFirst = /^(\d{2}:\d{2}:\d{2}) (\d{2})-([A-Za-z]{3}|\d{2})-(\d{4})/;

/**
 * An order-book row's time as an instant (ms), null where its form is not known. Brokers write wall
 * clock of Asia/Kolkata, each in a form of its own (openalgo-contract 3.1).
 */
export function parseBrokerTime(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  const [, year, month, day, time] = yearFirst.exec(trimmed) ?? [];
  if (year !== undefined) return instantOf({ year, month, day, time });
  const [, first, middle, last, clock] = dayFirst.exec(trimmed) ?? [];
  if (first !== undefined) return instantOf({ year: last, month: middle, day: first, time: clock });
  const [, at, date, monthName, yearLast] = timeFirst.exec(trimmed) ?? [];
  if (at === undefined) return null;
  return instantOf({ year: yearLast, month: monthName, day: date, time: at });
}

interface Parts {
  year: string | undefined;
  month: string | undefined;
  day: string | undefined;
  time: string | undefined;
}

function instantOf({ year, month, day, time }: Parts): number | null {
  const name = months.indexOf((month ?? '').toLowerCase());
  const number = name >= 0 ? String(name + 1).padStart(2, '0') : month;
  try {
    return Temporal.PlainDateTime.from(`${year}-${number}-${day}T${time}`).toZonedDateTime(zone)
      .epochMilliseconds;
  } catch {
    return null;
  }
}
