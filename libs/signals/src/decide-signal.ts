import type { WebhookTarget } from '@orderlane/db/webhook-target';
import type { Decision } from '@orderlane/domain/decision';
import type { Held } from '@orderlane/domain/held';
import { parseSignal } from '@orderlane/domain/parse-signal';
import type { Place } from '@orderlane/domain/place';
import { placesOf, planOrders } from '@orderlane/domain/plan-orders';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import type { ParsedSignal } from '@orderlane/domain/signal';
import type { Market } from './market.ts';

export interface SignalToDecide extends Market {
  body: Uint8Array;
  idempotencyKey: string | null;
  now: Temporal.ZonedDateTime;
  entryMaxAgeMs: number;
  /** What the strategy is believed to hold, by `heldKey`; the store says when it is not so. */
  held: ReadonlyMap<string, Held>;
  /** Left out: the store counts them, under its lock. */
  entriesToday?: number;
}

/** A decision with the signal that it is about; null where the body could not be read as one. */
export interface DecidedSignal extends Decision {
  signal: ParsedSignal | null;
  /** What the decision depends on what is held of. */
  places: readonly Place[];
}

/** Pure: what one webhook's body leads to for a strategy as it stands. */
export function decideSignal(target: WebhookTarget, call: SignalToDecide): DecidedSignal {
  const { strategy } = target;
  if (!strategy.isActive) return refusedWhole(refuse('strategy_inactive'));
  const parsed = parseSignal({ ...call, platform: strategy.platform });
  if (!parsed.ok) return refusedWhole(parsed.refusal);
  const decision = planOrders({
    strategy,
    signal: parsed.signal,
    now: call.now,
    calendar: call.calendar,
    isAuctionStock: call.isAuctionStock,
    held: call.held,
    entryMaxAgeMs: call.entryMaxAgeMs,
    entriesToday: call.entriesToday ?? 0,
    squareOffBegan: target.lastSquareOffDate === call.now.toPlainDate().toString(),
    brakes: target.brakes,
  });
  return { ...decision, signal: parsed.signal, places: placesOf(strategy, parsed.signal) };
}

export function refusedWhole(refusal: Refusal): DecidedSignal {
  return { signal: null, places: [], plans: [], refusals: [refusal], notes: [] };
}
