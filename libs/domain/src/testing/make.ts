import type { Decision, PlanInput } from '../decision.ts';
import type { Held } from '../held.ts';
import { brandIds } from '../ids.ts';
import type { Mapping } from '../mapping.ts';
import { calendarOf2026 } from '../market-calendar.ts';
import { parseSignal } from '../parse-signal.ts';
import { planOrders } from '../plan-orders.ts';
import type { ParsedSignal } from '../signal.ts';
import type { Strategy } from '../strategy.ts';

/** A mapping of SBIN to NSE, MIS, 10 shares, with what a test changes. */
export function makeMapping(changes: Partial<Mapping> = {}): Mapping {
  return {
    id: 1,
    signalSymbol: 'SBIN',
    symbol: 'SBIN',
    exchange: 'NSE',
    product: 'MIS',
    quantity: 10,
    multiplier: null,
    ...changes,
  };
}

/** An intraday LONG strategy, 09:20 to 15:00, square-off 15:15, with what a test changes. */
export function makeStrategy(changes: Partial<Strategy> = {}): Strategy {
  return {
    id: brandIds.strategy(1),
    webhookId: brandIds.webhook('0192aaaa-0000-7000-8000-000000000001'),
    name: 'demo',
    accountId: brandIds.account(1),
    platform: 'tradingview',
    isActive: true,
    exitsOnly: false,
    isIntraday: true,
    tradingMode: 'LONG',
    startTime: '09:20',
    endTime: '15:00',
    squareoffTime: '15:15',
    positionScope: 'account',
    chartinkAction: null,
    duplicateWindowMs: 30_000,
    entryMaxAgeMs: null,
    maxQuantity: null,
    maxEntries: null,
    maxOrdersPerDay: 200,
    tradingDays: null,
    onceADay: false,
    allowedSources: null,
    sharedSecretHash: null,
    mappings: [makeMapping()],
    formerMappings: [],
    version: 1,
    ...changes,
  };
}

/** `HH:MM[:SS]` on Tuesday 10 February 2026, a trading day, in Asia/Kolkata. */
export function at(time: string, date = '2026-02-10'): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Asia/Kolkata');
}

/** What SBIN (NSE, MIS) holds. */
export function holding(own: number, coming = 0, entries = own === 0 ? 0 : 1) {
  return new Map<string, Held>([['NSE:SBIN:MIS', { own, coming, entries }]]);
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Parses a body that a test knows to be good. */
export function signalOf(body: unknown, platform: Strategy['platform'] = 'tradingview') {
  const parsed = parseSignal({ body: bytes(JSON.stringify(body)), platform });
  if (!parsed.ok) throw new Error(`The body was refused: ${parsed.refusal.text}`);
  return parsed.signal;
}

interface Play extends Partial<Omit<PlanInput, 'strategy' | 'signal'>> {
  strategy?: Partial<Strategy>;
  signal?: ParsedSignal;
}

/** Decides a body at 10:00 with nothing held, with what a test changes. */
export function play(body: unknown, { strategy: changes, ...rest }: Play = {}): Decision {
  const strategy = makeStrategy(changes);
  return planOrders({
    strategy,
    signal: signalOf(body, strategy.platform),
    now: at('10:00'),
    calendar: calendarOf2026,
    isAuctionStock: () => true,
    held: new Map(),
    entryMaxAgeMs: 60_000,
    entriesToday: 0,
    squareOffBegan: false,
    brakes: [],
    ...rest,
  });
}
