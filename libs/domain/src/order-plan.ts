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
  role: Role;
  lane: Lane;
  priority: Priority;
  action: Action;
  /** Shares or units; 0 only for a smart exit, where OpenAlgo computes the quantity. */
  quantity: number;
  /** Signed size wanted afterwards (`position_size` on the wire); null for a regular order. */
  targetPosition: number | null;
  /** The order is void this long after its signal was received (ms); an entry's grows by its lane's backlog. */
  expiresInMs: number;
  /** But not later than this: the end of its window, the square-off, or the session's close (ms). */
  latestExpiresInMs: number | null;
}
