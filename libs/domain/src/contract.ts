import type { Exchange, Instrument } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import { normalHours, sessionOf } from './market-sessions.ts';

/** A future or option, as OpenAlgo's symbol names it. */
export interface Contract {
  /** `NIFTY`, `M&M`, `CRUDEOILM`. */
  underlying: string;
  expiry: Temporal.PlainDate;
  kind: 'FUT' | 'CE' | 'PE';
  /** In rupees; null for a future. */
  strike: number | null;
}

type Named = Pick<Instrument, 'exchange' | 'symbol'>;

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Underlying, day, month, year of two digits, then FUT or strike and side (openalgo-contract, symbol grammar). */
const shape = new RegExp(
  `^(?<underlying>[A-Z0-9][A-Z0-9&_.-]*?)(?<day>\\d{2})(?<month>${months.join('|')})(?<year>\\d{2})` +
    '(?:FUT|(?<strike>\\d{1,9}(?:\\.\\d{1,4})?)(?<side>CE|PE))$',
);

/** On these a symbol may be a contract; the name of a share never is one. */
const derivativeExchanges: ReadonlySet<Exchange> = new Set([
  'NFO',
  'BFO',
  'CDS',
  'BCD',
  'MCX',
  'NCDEX',
  'NCO',
]);

/**
 * The contract that one of OpenAlgo's symbols names: `NIFTY28OCT25FUT`, `NIFTY28OCT2525000CE`,
 * `USDINR29OCT2583.25PE`. Undefined for anything else, a date that does not exist included.
 */
export function parseContract(symbol: string): Contract | undefined {
  const found = shape.exec(symbol)?.groups;
  if (found === undefined) return undefined;
  const { underlying = '', day, month = '', year, strike, side } = found;
  const expiry = dateOf(2000 + Number(year), months.indexOf(month) + 1, Number(day));
  if (expiry === undefined) return undefined;
  if (strike === undefined) return { underlying, expiry, kind: 'FUT', strike: null };
  return { underlying, expiry, kind: side === 'PE' ? 'PE' : 'CE', strike: Number(strike) };
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The date in the name of what is traded; undefined where that is no future or option. */
export function expiryOf({ exchange, symbol }: Named): Temporal.PlainDate | undefined {
  return derivativeExchanges.has(exchange) ? parseContract(symbol)?.expiry : undefined;
}

/**
 * When a contract ends, and with it every position in it: at the close of its exchange on the date
 * of its expiry (of a normal day, should the exchange be closed then). Undefined for what is no contract.
 */
export function contractEndsAt(
  instrument: Named,
  calendar: Calendar,
): Temporal.ZonedDateTime | undefined {
  const { exchange } = instrument;
  const expiry = expiryOf(instrument);
  if (expiry === undefined) return undefined;
  const session = sessionOf(exchange, expiry, calendar);
  if (session !== undefined) return session.closesAt;
  const { close } = normalHours(exchange, expiry);
  return expiry.toZonedDateTime({ timeZone: 'Asia/Kolkata', plainTime: close });
}

/** Whether a contract has ended: it can neither be traded nor held any more. */
export function hasExpired(
  instrument: Named,
  { now, calendar }: { now: Temporal.ZonedDateTime; calendar: Calendar },
): boolean {
  const endsAt = contractEndsAt(instrument, calendar);
  return endsAt !== undefined && Temporal.ZonedDateTime.compare(endsAt, now) <= 0;
}
