import type { Outcome } from '@orderlane/domain/outcome';
import fc from 'fast-check';

/** What a signal asks for in one of its instruments. */
export interface PlanScript {
  instrument: number;
  kind: 'entry' | 'smart_exit' | 'regular_exit' | 'target_long' | 'target_short';
  /** Two values only, so that twins are many. */
  quantity: 10 | 20;
  ageMs: number;
}

export interface SignalScript {
  strategy: number;
  pauseMs: number;
  plans: PlanScript[];
}

/** What becomes of a claim that was granted. */
export interface Fate {
  /** Which of the waiting jobs is taken, and whether it is delivered once more. */
  place: number;
  again: boolean;
  does: 'calls' | 'dies_before_call' | 'dies_after_call' | 'loses_the_reply' | 'oversleeps';
  outcome: Outcome['kind'];
  /** How long the call hangs, or the process sleeps; beyond the lease: a late answer. */
  afterMs: number;
  renewsLease: boolean;
}

/** What the order book shows of an order that is not final. */
export interface Reading {
  place: number;
  shows: 'nothing_new' | 'executed' | 'ended' | 'gone';
  pauseMs: number;
}

export interface Braking {
  brake: 'pause' | 'halt' | 'stop_entries' | 'strategy_off';
  strategy: number;
  pauseMs: number;
  holdMs: number;
}

export interface Scenario {
  /** One list for each storing client. */
  signals: SignalScript[][];
  /** One list for each claiming client, begun again when it ends. */
  fates: Fate[][];
  readings: Reading[];
  brakings: Braking[];
}

export const strategyCount = 3;
export const instrumentCount = 2;
const storing = 8;
const claiming = 8;

export const list = <T>(item: fc.Arbitrary<T>, length: number) =>
  fc.array(item, { minLength: length, maxLength: length });

const plan: fc.Arbitrary<PlanScript> = fc.record({
  instrument: fc.nat(instrumentCount - 1),
  kind: fc.constantFrom(
    'entry',
    'entry',
    'entry',
    'smart_exit',
    'regular_exit',
    'regular_exit',
    'target_long',
    'target_short',
  ),
  quantity: fc.constantFrom(10, 20),
  ageMs: fc.constantFrom(200, 900),
});

const signal: fc.Arbitrary<SignalScript> = fc.record({
  strategy: fc.nat(strategyCount - 1),
  pauseMs: fc.constantFrom(0, 0, 5, 40),
  plans: fc.uniqueArray(plan, {
    minLength: 1,
    maxLength: instrumentCount,
    selector: (one) => one.instrument,
  }),
});

/** Fates of claims, of which these outcomes are the rare ones. */
export const fateOf = (rare: readonly Outcome['kind'][]): fc.Arbitrary<Fate> =>
  fc.record({
    place: fc.nat(1000),
    again: fc.constantFrom(false, false, false, true),
    does: fc.oneof(
      { weight: 12, arbitrary: fc.constant('calls' as const) },
      { weight: 1, arbitrary: fc.constant('dies_before_call' as const) },
      { weight: 1, arbitrary: fc.constant('dies_after_call' as const) },
      { weight: 2, arbitrary: fc.constant('loses_the_reply' as const) },
      { weight: 2, arbitrary: fc.constant('oversleeps' as const) },
    ),
    outcome: fc.oneof(
      { weight: 5, arbitrary: fc.constant('accepted' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...rare) },
      { weight: 3, arbitrary: fc.constant('not_sent' as const) },
    ),
    afterMs: fc.oneof(
      { weight: 5, arbitrary: fc.nat(12) },
      { weight: 2, arbitrary: fc.integer({ min: 50, max: 300 }) },
    ),
    renewsLease: fc.boolean(),
  });

const fate = fateOf(['rejected', 'no_action', 'awaiting_approval', 'indeterminate']);

const reading: fc.Arbitrary<Reading> = fc.record({
  place: fc.nat(1000),
  shows: fc.constantFrom('nothing_new', 'executed', 'ended', 'gone'),
  pauseMs: fc.nat(8),
});

const braking = (strategies: number): fc.Arbitrary<Braking> =>
  fc.record({
    brake: fc.constantFrom('pause', 'halt', 'stop_entries', 'strategy_off'),
    strategy: fc.nat(strategies - 1),
    pauseMs: fc.integer({ min: 20, max: 90 }),
    holdMs: fc.nat(40),
  });

export const brakings = (strategies: number) => list(braking(strategies), 12);

/** 8 storing and 8 claiming clients, a reader of the books, a hand on the brakes. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  signals: list(list(signal, 12), storing),
  fates: list(list(fate, 40), claiming),
  readings: list(reading, 60),
  brakings: brakings(strategyCount),
});
