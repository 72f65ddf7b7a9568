import type { Mode } from './accounts/account.ts';
import type { LimitTexts } from './limits/limiter.ts';
import type { Instrument } from './market/instruments.ts';
import { listedShares } from './market/shares.ts';

/** How a simulator begins. Everything can be changed later through `/control`. */
export interface SimulatorOptions {
  /** Keys of the accounts that exist from the start. */
  readonly apikeys: readonly string[];
  /** Any key that begins with this is an account of its own. */
  readonly apikeyPrefix: string | undefined;
  readonly mode: Mode;
  readonly semiAuto: boolean;
  /** Name of the broker; it decides how smart orders without an order are answered. */
  readonly broker: string;
  readonly limits: LimitTexts | 'off';
  /** OpenAlgo counts by caller address. By account is nearer to one OpenAlgo for each account. */
  readonly limitScope: 'address' | 'account';
  /** The rows of the master contract; well-known shares when left out. */
  readonly instruments: readonly Instrument[];
  /** Whether symbols that are not in the master contract are taken all the same. */
  readonly unknownSymbols: 'accepted' | 'refused';
  /** How long adapters keep the position book, in milliseconds. */
  readonly positionCacheMs: number;
  /** The analyzer's play money, in rupees. */
  readonly sandboxFunds: number;
  /** What the broker account begins with, in rupees. */
  readonly brokerFunds: number;
  /** Instant at which the clock starts, ISO 8601; the machine's time when left out. */
  readonly clock: string | undefined;
  /** A newer OpenAlgo: it takes `client_order_id`, shows it in its rows, and knows an id that comes again. */
  readonly clientOrderIds: boolean;
  /** Delays of faults and late fills are divided by this. */
  readonly timeScale: number;
}

/** The defaults; a key in use must be given. */
export const defaultOptions: SimulatorOptions = {
  apikeys: ['simulator-key'],
  apikeyPrefix: undefined,
  mode: 'live',
  semiAuto: false,
  broker: 'angel',
  limits: { order: '10 per second', smartOrder: '10 per second', api: '50 per second' },
  limitScope: 'address',
  instruments: listedShares,
  unknownSymbols: 'accepted',
  positionCacheMs: 1000,
  sandboxFunds: 10_000_000,
  brokerFunds: 1_000_000,
  clock: undefined,
  clientOrderIds: false,
  timeScale: 1,
};
