import type { Brake } from './brakes.ts';
import type { Held } from './held.ts';
import type { Instrument } from './instrument.ts';
import type { Calendar } from './market-calendar.ts';
import type { OrderPlan } from './order-plan.ts';
import type { Refusal } from './refusal.ts';
import type { ParsedSignal } from './signal.ts';
import type { Strategy } from './strategy.ts';

/** All that a decision about one signal depends on. */
export interface PlanInput {
  /** Active: an inactive strategy's signals are refused before they are read. */
  strategy: Strategy;
  signal: ParsedSignal;
  /** Of the process's own, injectable trading clock. */
  now: Temporal.ZonedDateTime;
  calendar: Calendar;
  /** Whether a stock takes part in the closing auction; where nobody knows, true. */
  isAuctionStock(instrument: Instrument): boolean;
  /** What the strategy holds, by `heldKey`; what is missing is not held. */
  held: ReadonlyMap<string, Held>;
  /** ENTRY_MAX_AGE, for strategies that have none of their own (ms). */
  entryMaxAgeMs: number;
  /** Entries of the strategy that were queued since midnight in Asia/Kolkata. */
  entriesToday: number;
  /** Whether today's square-off of the strategy has begun. */
  squareOffBegan: boolean;
  /** All that cover the strategy or its account now. */
  brakes: readonly Brake[];
}

/** What becomes of a signal. With several stocks, plans and refusals stand side by side. */
export interface Decision {
  plans: readonly OrderPlan[];
  refusals: readonly Refusal[];
  notes: readonly Note[];
  /** Symbols that were refused for what is held: the signal may be a repetition of what led to that. */
  repeats?: readonly Repeat[];
}

/** What tells whether a refused symbol's signal came before. */
export type Repeat = Pick<OrderPlan, 'signalSymbol' | 'sameness' | 'accountId'> & {
  instrument: Instrument;
};

/** Something for the signal's story that changes nothing. */
export interface Note {
  kind: NoteKind;
  symbol: string;
  text: string;
}

export type NoteKind =
  /** The body says something that the mapping decides. */
  | 'ignored'
  /** A target across zero may not enter: what is held is closed instead. */
  | 'entry_became_exit'
  /** A brake keeps the exit until it is released. */
  | 'exit_waits';
