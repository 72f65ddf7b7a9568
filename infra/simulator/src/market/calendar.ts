/** A day that is not like the others, as OpenAlgo's calendar gives it. */
export interface Holiday {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly description: string;
  readonly holiday_type: 'TRADING_HOLIDAY' | 'SETTLEMENT_HOLIDAY' | 'SPECIAL_SESSION';
  readonly closed_exchanges: readonly string[];
  readonly open_exchanges: readonly OpenExchange[];
}

export interface OpenExchange {
  readonly exchange: string;
  /** Milliseconds since the epoch. */
  readonly start_time: number;
  readonly end_time: number;
}

/** Opening and closing of each exchange, `HH:MM` in Asia/Kolkata, as OpenAlgo's table has them. */
const hours: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['NSE', ['09:15', '15:30']],
  ['BSE', ['09:15', '15:30']],
  ['NFO', ['09:15', '15:40']],
  ['BFO', ['09:15', '15:40']],
  ['CDS', ['09:00', '17:00']],
  ['BCD', ['09:00', '17:00']],
  ['MCX', ['09:00', '23:55']],
  ['NCO', ['09:00', '23:55']],
]);

const stockExchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD'];

/** Trading holidays of 2026 as OpenAlgo's seed has them; commodities trade in the evening of most. */
const holidays2026: readonly (readonly [string, string])[] = [
  ['2026-01-15', 'Municipal Corporation Election - Maharashtra'],
  ['2026-01-26', 'Republic Day'],
  ['2026-03-03', 'Holi'],
  ['2026-03-26', 'Shri Ram Navami'],
  ['2026-03-31', 'Shri Mahavir Jayanti'],
  ['2026-04-03', 'Good Friday'],
  ['2026-04-14', 'Dr. Baba Saheb Ambedkar Jayanti'],
  ['2026-05-01', 'Maharashtra Day'],
  ['2026-05-28', 'Bakri Id'],
  ['2026-06-26', 'Muharram'],
  ['2026-09-14', 'Ganesh Chaturthi'],
  ['2026-10-02', 'Mahatma Gandhi Jayanti'],
  ['2026-10-20', 'Dussehra'],
  ['2026-11-10', 'Diwali Balipratipada'],
  ['2026-11-24', 'Guru Nanak Jayanti'],
  ['2026-12-25', 'Christmas'],
];

/** The holidays of a year; a year that is not in the table has none, which proves nothing. */
export function holidaysOf(year: number): readonly Holiday[] {
  if (year !== 2026) return [];
  const trading = holidays2026.map(([date, description]): Holiday => {
    const evening = { exchange: 'MCX', ...session(date, ['17:00', '23:55']) };
    return {
      date,
      description,
      holiday_type: 'TRADING_HOLIDAY',
      closed_exchanges: stockExchanges,
      open_exchanges: [evening],
    };
  });
  return [...trading, muhurat()].toSorted((one, other) => one.date.localeCompare(other.date));
}

function muhurat(): Holiday {
  const date = '2026-11-08';
  const evening = session(date, ['18:00', '19:15']);
  return {
    date,
    description: 'Diwali Laxmi Pujan (Muhurat Trading)',
    holiday_type: 'SPECIAL_SESSION',
    closed_exchanges: [],
    open_exchanges: stockExchanges.map((exchange) => ({ exchange, ...evening })),
  };
}

/** When each exchange is open on a date; those that are closed are not in it. */
export function timingsOf(date: string): readonly OpenExchange[] {
  const holiday = holidaysOf(Number(date.slice(0, 4))).find((day) => day.date === date);
  const crypto = { exchange: 'CRYPTO', ...session(date, ['00:00', '23:59']) };
  const weekday = Temporal.PlainDate.from(date).dayOfWeek;
  if (holiday !== undefined) return [...holiday.open_exchanges, crypto];
  if (weekday > 5) return [crypto];
  const open = [...hours].map(([exchange, times]) => ({ exchange, ...session(date, times) }));
  return [...open, crypto];
}

function session(date: string, [from, to]: readonly [string, string]) {
  return { start_time: instantOf(date, from), end_time: instantOf(date, to) };
}

function instantOf(date: string, time: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Asia/Kolkata')
    .epochMilliseconds;
}
