import type { OrderStatus } from '@orderlane/domain/order';
import type { WitnessedCall } from '../links/link-messages.ts';
import type { SentWish } from '../signals/send-wish.ts';
import type { Note } from '../timeline.ts';

/** All that is known after a run. Instants are milliseconds since the epoch. */
export interface Evidence {
  orders: OrderFact[];
  events: OrderEvent[];
  executions: ExecutionFact[];
  /** Rows of the accounts' order books, as they were first seen. */
  brokerOrders: BrokerOrderFact[];
  closings: ClosingFact[];
  squareOffs: SquareOffFact[];
  /** Strategies' own positions that were set by something else than a fill, in their order. */
  corrections: CorrectionFact[];
  /** Strategies' own positions at the end. */
  positions: PositionFact[];
  trades: TradeFact[];
  alerts: { code: string; orderId: string | null; at: number }[];
  /** What only a person could settle when everything else was quiet, before one did. */
  asked: AskedOrder[];
  wishes: SentWish[];
  /** Place-order calls as OpenAlgo saw them, in order of arrival. */
  calls: CallFact[];
  /** The same calls as they left, those included that never arrived. */
  witnessed: WitnessedCall[];
  faults: FaultFact[];
  notes: readonly Note[];
  limits: { ordersPerSecond: number; smartOrdersPerSecond: number };
}

/** What a closing came to. */
export interface ClosingFact {
  id: string;
  strategyInstrumentId: number;
  accountId: number;
  exchange: string;
  symbol: string;
  product: string;
  scope: 'account' | 'strategy';
  status: string;
  target: number;
  mode: string | null;
  /** Codes of what a person was told about it. */
  told: string[];
  squareOffId: number | null;
  /** Somebody else closed a part of it. */
  detail: string | null;
  openedAt: number;
  endedAt: number | null;
}

interface SquareOffFact {
  id: number;
  strategyId: number;
  dueTime: string;
  status: string;
}

/** Of a strategy's own position: somebody else closed it, or the account was shown flat. */
interface CorrectionFact {
  strategyInstrumentId: number;
  mode: string;
  at: number;
  /** Signed shares. */
  change: number;
}

interface PositionFact {
  strategyInstrumentId: number;
  mode: string;
  symbol: string;
  /** Signed shares. */
  own: number;
}

/** A trade as the broker has it, ours or not. */
export interface TradeFact {
  /** Which of the accounts, from 0. */
  account: number;
  mode: 'live' | 'analyze';
  brokerOrderId: string;
  exchange: string;
  symbol: string;
  product: string;
  action: 'BUY' | 'SELL';
  quantity: number;
  at: number;
}

export interface OrderFact {
  id: string;
  signalId: string | null;
  /** Of the wish that it came from, where its signal says so. */
  nonce: string | null;
  accountId: number;
  strategyName: string;
  /** A strategy and instrument; within it a lower number was wished for earlier. */
  strategyInstrumentId: number;
  seq: number;
  /** What was wished for later has a higher number; an exit that is planned again keeps its request's. */
  wishSeq: number;
  closingId: string | null;
  role: 'entry' | 'exit';
  lane: 'regular' | 'smart';
  exchange: string;
  symbol: string;
  product: string;
  action: 'BUY' | 'SELL';
  quantity: number;
  targetPosition: number | null;
  status: OrderStatus;
  code: string | null;
  reason: string | null;
  attempt: number;
  brokerOrderId: string | null;
  /** In which OpenAlgo answered; null: it is not known. */
  mode: string | null;
  storedAt: number;
  expiresAt: number;
}

interface OrderEvent {
  orderId: string;
  at: number;
  from: OrderStatus | null;
  to: OrderStatus;
  attempt: number;
  code: string | null;
  reason: string | null;
}

interface ExecutionFact {
  orderId: string;
  attempt: number;
  executor: string;
  claimedAt: number;
  sentAt: number | null;
  answeredAt: number | null;
  outcome: string | null;
  answer: string | null;
}

export interface AskedOrder {
  id: string;
  status: OrderStatus;
  /** An alert is about it. */
  isAsked: boolean;
}

interface BrokerOrderFact {
  brokerOrderId: string;
  accountId: number;
  status: string;
  mode: string;
  firstSeenAt: number;
}

export interface CallFact {
  /** From the header; null: the call carried none. */
  orderId: string | null;
  attempt: number | null;
  account: string | null;
  endpoint: string;
  /** What is bought or sold, as it was sent. */
  fingerprint: string;
  arrivedAt: number;
  /** Orders that the broker made of it. */
  executed: string[];
  faults: readonly string[];
  answer: string | null;
  end: string | null;
}

/** One fault of the reaper. */
export interface FaultFact {
  name: string;
  from: number;
  /** When everything was as it should be again. */
  to: number;
  /** When orders could be sent again: for a killed process at once, others may go on. */
  curedAt: number;
  /** Orders that could have been sent at that moment; null: nobody could say. */
  due: number | null;
}
