import type { WebhookTarget } from '@orderlane/db/webhook-target';
import type { Decision } from '@orderlane/domain/decision';
import { type Calendar, calendarOf2026 } from '@orderlane/domain/market-calendar';
import { parseSignal } from '@orderlane/domain/parse-signal';
import { planOrders } from '@orderlane/domain/plan-orders';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import type { ParsedSignal } from '@orderlane/domain/signal';

export interface SignalToDecide {
  body: Uint8Array;
  idempotencyKey: string | null;
  now: Temporal.ZonedDateTime;
  entryMaxAgeMs: number;
}

/** A decision with the signal that it is about; null where the body could not be read as one. */
export interface DecidedSignal extends Decision {
  signal: ParsedSignal | null;
}

/** Pure: what one webhook's body leads to for a strategy as it stands. */
export function decideSignal(target: WebhookTarget, call: SignalToDecide): DecidedSignal {
  const { strategy } = target;
  if (!strategy.isActive) return refusedWhole(refuse('strategy_inactive'));
  const parsed = parseSignal({ ...call, platform: strategy.platform });
  if (!parsed.ok) return refusedWhole(parsed.refusal);
  const calendar: Calendar = calendarOf2026;
  const decision = planOrders({
    strategy,
    signal: parsed.signal,
    now: call.now,
    calendar,
    held: new Map(),
    entryMaxAgeMs: call.entryMaxAgeMs,
    // Counted by the store, under its lock.
    entriesToday: 0,
    squareOffBegan: target.lastSquareOffDate === call.now.toPlainDate().toString(),
    brakes: target.brakes,
  });
  return { ...decision, signal: parsed.signal };
}

export function refusedWhole(refusal: Refusal): DecidedSignal {
  return { signal: null, plans: [], refusals: [refusal], notes: [] };
}
