import type { ClaimResult } from '@orderlane/db/claim';
import type { OrderId } from '@orderlane/domain/ids';

/** Instants are counted, not timed: all clients share one count. */
interface StoreEntry {
  /** Of the strategy; the store was asked for, and answered after its commit. */
  began: number;
  ended: number;
  orderIds: OrderId[];
}

interface ClaimEntry {
  orderId: OrderId;
  began: number;
  ended: number;
  result: ClaimResult;
}

export interface CallEntry {
  orderId: OrderId;
  attempt: number;
  at: number;
  /** What the far side made of it; `refused`: it surely did not take it. */
  effect: 'executed' | 'nothing_to_do' | 'refused';
}

/** From its commit until its release was asked for. */
export interface BrakeEntry {
  holds: 'everything' | 'entries';
  /** Undefined: the whole account. */
  strategyId: number | undefined;
  set: number;
  released: number;
}

/** What the clients did, as they saw it. */
export interface Log {
  /** Counts up: what is logged later is greater. */
  tick(): number;
  stores: StoreEntry[];
  claims: ClaimEntry[];
  calls: CallEntry[];
  brakes: BrakeEntry[];
  /** Errors that reached a client. */
  faults: { doing: string; error: unknown }[];
  /** What a snapshot showed that must never be. */
  sightings: Set<string>;
}

export function createLog(): Log {
  let count = 0;
  return {
    tick: () => ++count,
    stores: [],
    claims: [],
    calls: [],
    brakes: [],
    faults: [],
    sightings: new Set(),
  };
}
