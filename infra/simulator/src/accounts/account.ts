import type { Answer } from '../answer.ts';
import type { Book } from '../books/book.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { PositionCache } from './position-cache.ts';

export type Mode = 'live' | 'analyze';

/** An order that waits for a person in the Action Center. */
export interface PendingOrder {
  readonly id: number;
  /** Places it as it was asked. */
  readonly place: () => Answer;
}

/** A broker's refusal of every order for a symbol. */
export type Refusal =
  | { readonly status: number; readonly message: string }
  /** The broker answers 200 without an order, which OpenAlgo reports as a success without an id. */
  | 'null_order_id';

/** One OpenAlgo instance with its broker account, found by its API key. */
export interface Account {
  readonly name: string;
  readonly apikey: string;
  mode: Mode;
  semiAuto: boolean;
  /** The broker session; a broker ends it every night. */
  sessionAlive: boolean;
  readonly live: Book;
  /** What the broker account began with, in rupees. */
  readonly brokerFunds: number;
  readonly sandbox: Sandbox;
  readonly pending: Map<number, PendingOrder>;
  /** The last number given to a pending order. */
  pendingNumber: number;
  /** Refusals by symbol, or by `endpoint symbol`. */
  readonly refusals: Map<string, Refusal>;
  readonly positionCache: PositionCache;
  /** Calls the analyzer wrote down. */
  analyzerLogs: number;
}
