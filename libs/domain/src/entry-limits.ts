import { brakeEffect, brakes } from './brakes.ts';
import { hasExpired } from './contract.ts';
import type { PlanInput } from './decision.ts';
import { expectedPosition, type Held } from './held.ts';
import type { MappedSymbol } from './mapping.ts';
import { isOpenAt, sessionOf } from './market-sessions.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SignalSymbol } from './signal.ts';
import { sizeOf } from './sizing.ts';
import { squareOffToday } from './square-off-session.ts';
import type { Strategy } from './strategy.ts';
import { largestQuantity } from './whole-number.ts';
import { type EntryWish, sideOfEntry } from './wish.ts';

export interface EntryRequest {
  wish: EntryWish;
  held: Held;
}

interface Asked {
  symbol: SignalSymbol;
  mapped: MappedSymbol;
  signalQuantity: number | 'bad' | null;
  entriesBefore: number;
}

/** A quantity limit that nobody set: this many times the mapping's quantity. */
const limitFactor = 10;

/** Our own limits on entries; exits know none of them. Undefined: the entry may be made. */
export function entryRefusal(
  input: PlanInput,
  asked: Asked,
  entry: EntryRequest,
): Refusal | undefined {
  return (
    refuseProduct(asked, entry) ??
    refuseExpired(input, asked) ??
    refuseByBrake(input) ??
    refuseByWeekday(input) ??
    refuseByCalendar(input, asked) ??
    refuseByDay(input, asked) ??
    refuseByToday(input.strategy, asked, entry) ??
    refuseByQuantity(input.strategy, asked, entry) ??
    refuseByEntries(input.strategy, asked, entry)
  );
}

/** Those that count what the symbol holds wherever, or did today; quantities are not looked at. */
export function refuseRepetition(
  strategy: Strategy,
  asked: Pick<Asked, 'symbol'>,
  entry: EntryRequest,
): Refusal | undefined {
  return refuseByToday(strategy, asked, entry) ?? refuseByEntries(strategy, asked, entry);
}

/** CNC shares are bought and sold again: no shorts, no targets of either sign. */
function refuseProduct({ mapped, symbol }: Asked, { wish }: EntryRequest): Refusal | undefined {
  if (mapped.instrument.product !== 'CNC') return undefined;
  const isLong = sideOfEntry(wish) === 1 && !(wish.kind === 'reach' && wish.anySide);
  return isLong ? undefined : refuse('product_no_short', { symbol: symbol.symbolAsSent });
}

/**
 * The symbol that is ordered, which a mapping may have fixed months ago. Scope account passes it on
 * as OpenAlgo does, whose broker refuses it (decision 11).
 */
function refuseExpired(input: PlanInput, { mapped }: Asked): Refusal | undefined {
  const { symbol } = mapped.instrument;
  const isOwn = input.strategy.positionScope === 'strategy';
  return isOwn && hasExpired(mapped.instrument, input)
    ? refuse('contract_expired', { symbol })
    : undefined;
}

function refuseByBrake({ brakes: active }: PlanInput): Refusal | undefined {
  const brake = brakeEffect(active, 'entryWebhook');
  return brake && refuse(brakes[brake.brake].code);
}

/** The strategy's own days of the week, by the date of Asia/Kolkata. */
function refuseByWeekday({ strategy: { tradingDays }, now }: PlanInput): Refusal | undefined {
  const { dayOfWeek } = now.withTimeZone('Asia/Kolkata');
  const isOff = tradingDays !== null && !tradingDays.includes(dayOfWeek);
  return isOff ? refuse('not_a_trading_day') : undefined;
}

/** One entry for each symbol and day, where the strategy asks for that. */
function refuseByToday(
  { onceADay }: Strategy,
  { symbol }: Pick<Asked, 'symbol'>,
  { held }: EntryRequest,
): Refusal | undefined {
  const isUsedUp = onceADay && held.enteredToday === true;
  return isUsedUp ? refuse('entered_today', { symbol: symbol.symbolAsSent }) : undefined;
}

/**
 * Only intraday strategies, and on a normal day their own window is the rule: the calendar closes
 * whole days, and what lies outside a special session.
 */
function refuseByCalendar(input: PlanInput, { mapped }: Asked): Refusal | undefined {
  if (!input.strategy.isIntraday) return undefined;
  const now = input.now.withTimeZone('Asia/Kolkata');
  const { exchange } = mapped.instrument;
  const session = sessionOf(exchange, now.toPlainDate(), input.calendar);
  const isClosed = session === undefined || (session.isSpecial && !isOpenAt(session, now));
  return isClosed ? refuse('market_closed') : undefined;
}

/** A short session's square-off comes before the end of the strategy's own window. */
function refuseByDay(input: PlanInput, { entriesBefore }: Asked): Refusal | undefined {
  const dueAt = squareOffToday(input.strategy, input)?.dueAt;
  const isDue = dueAt !== undefined && Temporal.ZonedDateTime.compare(dueAt, input.now) <= 0;
  if (input.squareOffBegan || isDue) return refuse('squared_off_today');
  const isUsedUp = input.entriesToday + entriesBefore >= input.strategy.maxOrdersPerDay;
  return isUsedUp ? refuse('max_orders_per_day') : undefined;
}

function refuseByQuantity(
  strategy: Strategy,
  asked: Asked,
  { wish }: EntryRequest,
): Refusal | undefined {
  const { quantity } = asked.mapped.mapping;
  const usual = quantity === null ? largestQuantity : quantity * limitFactor;
  const limit = Math.min(strategy.maxQuantity ?? usual, largestQuantity);
  const size = sizeOf(asked, wish);
  if (typeof size === 'object') return size;
  const symbol = asked.symbol.symbolAsSent;
  return size > limit ? refuse('quantity_above_limit', { symbol }) : undefined;
}

function refuseByEntries(
  strategy: Strategy,
  { symbol }: Pick<Asked, 'symbol'>,
  { wish, held }: EntryRequest,
): Refusal | undefined {
  const most = strategy.maxEntries ?? usualEntries(strategy);
  const direction = sideOfEntry(wish);
  // A target is about what will be held: a reversal on its way has left the side that is held now.
  const isHeld = wish.kind === 'enter' && held.own * direction > 0;
  const isSameSide = isHeld || expectedPosition(held) * direction > 0;
  const isFull = isSameSide && most !== null && Math.max(held.entries, 1) >= most;
  return isFull ? refuse('already_in_position', { symbol: symbol.symbolAsSent }) : undefined;
}

/** ChartInk's scans and Amibroker's charts repeat themselves while their condition holds. */
function usualEntries({ platform }: Strategy): number | null {
  return platform === 'chartink' || platform === 'amibroker' ? 1 : null;
}
