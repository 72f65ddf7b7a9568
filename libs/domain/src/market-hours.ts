import type { Exchange } from './instrument.ts';

/** Hours of a normal day from a date on, `HH:MM` of Asia/Kolkata. */
export interface MarketHours {
  exchange: Exchange;
  /** `YYYY-MM-DD`: these hours hold until a later line of the same exchange. */
  validFrom: string;
  open: string;
  close: string;
  /** The close while New York is on winter time, for markets that follow the US. */
  winterClose?: string;
}

const always = '2020-01-01';

/** The Closing Auction Session and the longer derivatives day began together. */
const auctionBegan = '2026-08-03';

/**
 * Hours are data, because they change: a new line with its date, never an edited one. NCDEX is not
 * from a primary source.
 */
export const marketHours: readonly MarketHours[] = [
  { exchange: 'NSE', validFrom: always, open: '09:15', close: '15:30' },
  { exchange: 'BSE', validFrom: always, open: '09:15', close: '15:30' },
  { exchange: 'NFO', validFrom: always, open: '09:15', close: '15:30' },
  { exchange: 'NFO', validFrom: auctionBegan, open: '09:15', close: '15:40' },
  { exchange: 'BFO', validFrom: always, open: '09:15', close: '15:30' },
  { exchange: 'BFO', validFrom: auctionBegan, open: '09:15', close: '15:40' },
  { exchange: 'CDS', validFrom: always, open: '09:00', close: '17:00' },
  { exchange: 'BCD', validFrom: always, open: '09:00', close: '17:00' },
  { exchange: 'MCX', validFrom: always, open: '09:00', close: '23:30', winterClose: '23:55' },
  { exchange: 'NCO', validFrom: always, open: '09:00', close: '23:30', winterClose: '23:55' },
  { exchange: 'NCDEX', validFrom: always, open: '09:00', close: '17:00' },
];

/**
 * The Closing Auction Session of cash stocks that have derivatives: continuous trading ends at
 * `continuousEnd`, orders are taken again from `ordersFrom` to `end`, stop orders never. They are matched, and
 * the trades confirmed, until `matchedUntil` (SEBI's circular: 15:15 to 15:35 in four parts).
 */
export const closingAuction = {
  exchanges: ['NSE', 'BSE'] as const satisfies readonly Exchange[],
  validFrom: auctionBegan,
  continuousEnd: '15:15',
  ordersFrom: '15:20',
  limitOnlyFrom: '15:25',
  end: '15:30',
  matchedUntil: '15:35',
};
