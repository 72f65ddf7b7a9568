import type { AccountId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import type { Lane, Priority } from './lane.ts';

export const actions = ['BUY', 'SELL'] as const;
export type Action = (typeof actions)[number];

/** An entry opens or increases a position, an exit closes or reduces one. */
export type Role = 'entry' | 'exit';

/** What the domain decided to order: no id yet, not stored. All orders are MARKET. */
export interface OrderPlan {
  /** The symbol as the sender wrote it, trimmed and upper-cased. */
  signalSymbol: string;
  instrument: Instrument;
  /** Where it is not the strategy's own account: that which built the position. */
  accountId?: AccountId;
  role: Role;
  lane: Lane;
  priority: Priority;
  action: Action;
  /**
   * Shares or units. 0 for a smart exit, where OpenAlgo computes the quantity, and for a regular
   * exit of what is only coming yet, where the claim does.
   */
  quantity: number;
  /** Signed size wanted afterwards (`position_size` on the wire); null for a regular order. */
  targetPosition: number | null;
  /**
   * Signed own position wanted afterwards, where the quantity of a regular order depends on what
   * the strategy holds and is to be computed again at the claim; else null.
   */
  ownTarget: number | null;
  /** The order is void this long after its signal was received (ms); an entry's grows by its lane's backlog. */
  expiresInMs: number;
  /** But not later than this: the end of its window, the square-off, or the session's close (ms). */
  latestExpiresInMs: number | null;
  /** Not sent before this long after its signal (ms): an exit that the closing auction holds. */
  notBeforeMs: number | null;
  /** What tells this signal from another of the same strategy and symbol. */
  sameness: Sameness;
}

export interface Sameness {
  /** Canonical text of what was sent for the symbol, as long as the body: hash it. */
  content: string;
  /** The sender's own key with what it is compared together with; null without a key. */
  key: SignalKey | null;
}

export interface SignalKey {
  value: string;
  action: Action;
  /** `position_size`, empty where none was sent. */
  position: string;
}
