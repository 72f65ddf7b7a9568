import type { Exchange } from './instrument.ts';
import { normalHours } from './market-sessions.ts';

/** Before brokers close intraday positions themselves, and before the closing auction. */
const fixed: Partial<Record<Exchange, string>> = {
  NSE: '15:10',
  BSE: '15:10',
  NFO: '15:10',
  BFO: '15:10',
  CDS: '16:40',
  BCD: '16:40',
};

const beforeClose = { minutes: 35 };

/** The time of square-off that a form offers for an exchange, `HH:MM` of Asia/Kolkata. */
export function defaultSquareOff(exchange: Exchange, date: Temporal.PlainDate): string {
  const close = Temporal.PlainTime.from(normalHours(exchange, date).close);
  return fixed[exchange] ?? close.subtract(beforeClose).toString({ smallestUnit: 'minute' });
}
