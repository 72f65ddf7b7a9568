import type { Refusal } from './refusal.ts';

/** One symbol as the sender wrote it, and what of the body is about it. */
export interface SignalSymbol {
  /** Trimmed and upper-cased: what mappings and duplicates are looked up by. */
  symbol: string;
  /** For the answer's texts, which repeat what was sent. */
  symbolAsSent: string;
  /**
   * Canonical text of all that was sent for this symbol. Two signals with equal content are the
   * same signal, unless they have keys of their own. Hash it: it may be as long as the body.
   */
  content: string;
}

/** A body with `symbol` and `action`: TradingView, Amibroker, GoCharting, a script. */
export interface OrderSignal {
  kind: 'order';
  /** Null: the body names none. */
  symbol: SignalSymbol | null;
  /** Trimmed and upper-cased, any word; null: the body has none. */
  action: string | null;
  /** `position_size`: the sender's signed position after the order; null: not sent. */
  positionSize: number | null;
  /** The sender's own quantity: null if not sent, `'bad'` if it is no whole number above zero. */
  quantity: number | 'bad' | null;
  /** Texts of the body about things that the mapping decides. */
  said: Readonly<Partial<Record<SaidField, string>>>;
  key: string | null;
}

/** A body with `stocks`, from ChartInk. */
export interface ScanSignal {
  kind: 'scan';
  scanName: string;
  /** In the order of the body; each symbol once. */
  stocks: readonly ScanStock[];
  key: string | null;
}

export interface ScanStock extends SignalSymbol {
  /** As sent, in rupees; null where the list of prices is shorter. */
  triggerPrice: string | null;
}

/**
 * A webhook's body, read but not yet held against the strategy. `key` is the sender's own id of the
 * signal (`Idempotency-Key`, `signal_id` or `alert_id`), null where there is none.
 */
export type ParsedSignal = OrderSignal | ScanSignal;

export const saidFields = ['exchange', 'product', 'quantity', 'pricetype'] as const;
export type SaidField = (typeof saidFields)[number];

export type ParseResult = { ok: true; signal: ParsedSignal } | { ok: false; refusal: Refusal };
