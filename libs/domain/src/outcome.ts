/** What one call to OpenAlgo's place-order endpoints came to. */
export type Outcome =
  | { kind: 'accepted'; brokerOrderId: string; mode: TradingModeSeen }
  /** With an id the refused order stands in the order book under it. */
  | { kind: 'rejected'; brokerOrderId: string | null; reason: string; mode: TradingModeSeen }
  /** Nothing was to be done: the position is already what the order asks for. */
  | { kind: 'no_action'; reason: string; mode: TradingModeSeen }
  | { kind: 'awaiting_approval'; pendingOrderId: string | null; mode: TradingModeSeen }
  /** Surely not sent: may be tried again. */
  | { kind: 'not_sent'; cause: NotSentCause; reason: string }
  /** May or may not have reached the broker: never sent again. */
  | { kind: 'indeterminate'; reason: string };

/** `mode` of the answer; its absence means live (openalgo-contract 1.4). */
export type TradingModeSeen = 'live' | 'analyze';

export type NotSentCause =
  /** Connection refused, no route, no such host, connect timeout, TLS refusal. */
  | 'unreachable'
  /** OpenAlgo's or the broker's 429. */
  | 'rate_limited'
  /** 403 "Invalid openalgo apikey": wrong key, or the daily broker login is missing. */
  | 'session_dead'
  /** 400: OpenAlgo does not know the field `client_order_id` (any more), and looked no further. */
  | 'unknown_field'
  /** The send window ended before the first byte was written. */
  | 'too_late';
