import { holdMs } from './closing-auction.ts';
import { covers } from './former-mapping.ts';
import type { AccountId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import { priorities } from './lane.ts';
import type { Calendar } from './market-calendar.ts';
import type { Action } from './order-plan.ts';
import {
  type ExitPlan,
  exitKey,
  type HeldInOtherMode,
  type HeldThere,
  planClosing,
} from './plan-closing.ts';
import { squareOffOf } from './square-off-session.ts';
import type { Strategy } from './strategy.ts';

/** Where the strategy's orders of the session may have left something. */
export interface TradedInstrument {
  accountId: AccountId;
  instrument: Instrument;
}

/** One row of a clean position book. */
export interface OpenPosition {
  exchange: string;
  symbol: string;
  product: string;
  /** Signed shares. */
  quantity: number;
}

export interface SquareOffInput {
  strategy: Pick<
    Strategy,
    'accountId' | 'tradingMode' | 'chartinkAction' | 'mappings' | 'squareoffTime' | 'positionScope'
  >;
  /** What the strategy holds or awaits, on whichever account. */
  held: readonly HeldThere[];
  /** What it holds in the mode in which OpenAlgo is not now. */
  otherMode: readonly HeldInOtherMode[];
  /** By orders of the account's present mode, or of one that is not known. */
  traded: readonly TradedInstrument[];
  /** Of the strategy's account; null while its position book cannot be read cleanly. */
  positions: readonly OpenPosition[] | null;
  /** Keys (`exitKey`) of the exits that this square-off stored already. */
  stored: ReadonlySet<string>;
  sessionDate: Temporal.PlainDate;
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
}

export interface SquareOffPlan {
  exits: ExitPlan[];
  /** Instruments that may be open and whose market is closed: a person's matter. */
  tooLate: Instrument[];
  /** What is held in both modes: an exit is of one, so that of the other mode is a person's matter. */
  leftInOtherMode: HeldInOtherMode[];
}

/**
 * What a square-off closes. Scope strategy: what the strategy holds or awaits. Scope account: that, what
 * it traded in the session, and each mapped instrument that a clean position book shows open. What was
 * built in the other mode waits for that. An exit waits until its market closes.
 */
export function planSquareOff(input: SquareOffInput): SquareOffPlan {
  const leftInOtherMode = input.otherMode.filter((there) => isAmong(input.held, there));
  const plan: SquareOffPlan = { exits: [], tooLate: [], leftInOtherMode };
  for (const [key, candidate] of candidatesOf(input)) {
    if (input.stored.has(key)) continue;
    const expiresInMs = timeLeftMs(input, candidate.instrument);
    if (expiresInMs === undefined) plan.tooLate.push(candidate.instrument);
    else plan.exits.push(exitOf(input, { ...candidate, expiresInMs }));
  }
  return plan;
}

function isAmong(held: readonly HeldThere[], there: HeldThere): boolean {
  return held.some((each) => exitKey(each) === exitKey(there));
}

/**
 * By `exitKey`. What is held goes before what is only seen: its exit may be of an exact quantity, or has to
 * wait for the other mode.
 */
function candidatesOf(input: SquareOffInput): Map<string, TradedInstrument> {
  const isOwn = input.strategy.positionScope === 'strategy';
  const seen = isOwn ? [] : [...tradedToClose(input), ...mappedAndOpen(input)];
  const all = [...seen, ...input.otherMode, ...input.held];
  return new Map(all.map((candidate) => [exitKey(candidate), candidate]));
}

/**
 * CNC only where the book shows it bought: a delivery sale shows as a negative position, and closing
 * that would buy the shares back.
 */
function tradedToClose({ traded }: SquareOffInput): TradedInstrument[] {
  return traded.filter(({ instrument }) => instrument.product !== 'CNC');
}

function mappedAndOpen(input: SquareOffInput): TradedInstrument[] {
  const { accountId } = input.strategy;
  if (accountId === null || input.positions === null) return [];
  return input.positions.filter(isToBeClosed).flatMap((position) => {
    const instrument = mappedTo(input, position) ?? tradedAs(input, position);
    return instrument === undefined ? [] : [{ accountId, instrument }];
  });
}

function mappedTo(input: SquareOffInput, position: OpenPosition): Instrument | undefined {
  const mapping = input.strategy.mappings.find((each) => covers(each, position));
  if (mapping === undefined) return undefined;
  return { exchange: mapping.exchange, symbol: position.symbol, product: mapping.product };
}

function tradedAs(input: SquareOffInput, position: OpenPosition): Instrument | undefined {
  const { accountId } = input.strategy;
  const own = input.traded.find(
    (each) => each.accountId === accountId && isOf(position, each.instrument),
  );
  return own?.instrument;
}

function isOf(position: OpenPosition, { exchange, symbol, product }: Instrument): boolean {
  return (
    position.exchange === exchange && position.symbol === symbol && position.product === product
  );
}

function isToBeClosed({ product, quantity }: OpenPosition): boolean {
  return product === 'CNC' ? quantity > 0 : quantity !== 0;
}

/** Undefined: its market is closed. */
function timeLeftMs(input: SquareOffInput, { exchange }: Instrument): number | undefined {
  const squareoffTime = input.strategy.squareoffTime ?? '';
  const session = squareOffOf({ exchange, squareoffTime }, input.sessionDate, input.calendar);
  if (session === undefined) return undefined;
  const leftMs = session.closesAt.epochMilliseconds - input.now.epochMilliseconds;
  return leftMs > 0 ? leftMs : undefined;
}

function exitOf(input: SquareOffInput, exit: TradedInstrument & { expiresInMs: number }): ExitPlan {
  const { accountId, instrument, expiresInMs } = exit;
  const notBeforeMs = holdMs(instrument, input);
  const asked = {
    ...{ expiresInMs, notBeforeMs },
    cause: 'square_off',
    priority: priorities.squareOff,
  } as const;
  const isThere = (each: HeldThere) => exitKey(each) === exitKey(exit);
  const there = input.held.find(isThere) ?? input.otherMode.find(isThere);
  const ofHeld = there && planClosing(input.strategy, there, asked);
  if (ofHeld !== undefined) return ofHeld;
  return {
    ...{ accountId, instrument, ...asked },
    role: 'exit',
    lane: 'smart',
    action: actionOf(input, instrument),
    quantity: 0,
    targetPosition: 0,
    ownTarget: null,
  };
}

/** OpenAlgo ignores it in an order to 0; for people it says which side is closed. */
function actionOf({ strategy, positions }: SquareOffInput, instrument: Instrument): Action {
  const held = positions?.find((position) => isOf(position, instrument));
  if (held !== undefined && held.quantity !== 0) return held.quantity > 0 ? 'SELL' : 'BUY';
  const { tradingMode, chartinkAction } = strategy;
  const isShort =
    tradingMode === 'SHORT' || chartinkAction === 'SHORT' || chartinkAction === 'COVER';
  return isShort ? 'BUY' : 'SELL';
}
