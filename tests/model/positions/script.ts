import fc from 'fast-check';
import { type Braking, brakings, type Fate, fateOf, list } from '../clients/script.ts';

/** The strategies of a run. Those that share stocks trade them in one direction, as they must. */
export const strategies = [
  { mode: 'LONG', symbols: ['SBIN', 'INFY'] },
  { mode: 'LONG', symbols: ['SBIN', 'INFY'] },
  { mode: 'BOTH', symbols: ['TCS'] },
  { mode: 'SHORT', symbols: ['ITC'] },
] as const;

/** What a sender says. */
export interface SayScript {
  strategy: number;
  symbol: number;
  /** Opens or grows, by its sender's mind; `turns`: of a BOTH strategy, on the short side. */
  enters: boolean;
  turns: boolean;
  /** The position that the sender says he has afterwards, unsigned; null: he does not say. */
  size: number | null;
  pauseMs: number;
}

/** The broker moves an order on, and the book is read, or not yet. */
export interface ReadingScript {
  place: number;
  broker: 'rests' | 'fills_part' | 'fills' | 'ends';
  isRead: boolean;
  /** An entry of unknown fate is not found although it is there. */
  overlooks: boolean;
  pauseMs: number;
}

/** One turn of a scheduler's at the closings. */
export interface ClosingTurn {
  books: 'clean' | 'silent';
  cancel: 'ends' | 'refused' | 'crosses_fill';
  /** Its process dies at the first thing that it asks of others. */
  dies: boolean;
  pauseMs: number;
}

export interface PositionScenario {
  /** One list for each sending client. */
  signals: SayScript[][];
  /** One list for each claiming client, begun again when it ends. */
  fates: Fate[][];
  readings: ReadingScript[];
  /** One list for each scheduler. */
  turns: ClosingTurn[][];
  brakings: Braking[];
}

const sending = 8;
const claiming = 8;
const schedulers = 2;

const say: fc.Arbitrary<SayScript> = fc.record({
  strategy: fc.nat(strategies.length - 1),
  symbol: fc.nat(1),
  enters: fc.constantFrom(true, true, true, false, false),
  turns: fc.boolean(),
  size: fc.constantFrom(null, null, 0, 4, 10, 20),
  pauseMs: fc.constantFrom(0, 5, 40, 120),
});

/** `placeorder` never answers that there is nothing to do. */
const fate = fateOf(['rejected', 'awaiting_approval', 'indeterminate']);

const reading: fc.Arbitrary<ReadingScript> = fc.record({
  place: fc.nat(1000),
  broker: fc.constantFrom('rests', 'fills_part', 'fills', 'fills', 'ends'),
  isRead: fc.constantFrom(true, true, false),
  overlooks: fc.constantFrom(false, false, false, false, true),
  pauseMs: fc.nat(6),
});

const turn: fc.Arbitrary<ClosingTurn> = fc.record({
  books: fc.constantFrom('clean', 'clean', 'silent'),
  cancel: fc.constantFrom('ends', 'ends', 'refused', 'crosses_fill'),
  dies: fc.constantFrom(false, false, false, false, true),
  pauseMs: fc.nat(15),
});

/** 8 sending and 8 claiming clients, two schedulers, readers of the books, a hand on the brakes. */
export const positionScenarios: fc.Arbitrary<PositionScenario> = fc.record({
  signals: list(list(say, 10), sending),
  fates: list(list(fate, 40), claiming),
  readings: list(reading, 80),
  turns: list(list(turn, 20), schedulers),
  brakings: brakings(strategies.length),
});
