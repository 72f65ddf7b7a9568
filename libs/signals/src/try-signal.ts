import { readHeld } from '@orderlane/db/held';
import type { Db } from '@orderlane/db/open-db';
import { countEntriesToday } from '@orderlane/db/orders';
import { toRefusedSymbols } from '@orderlane/db/signals';
import type { HeldInstrument } from '@orderlane/db/store-signal';
import type { WebhookTarget } from '@orderlane/db/webhook-target';
import { separateSecret } from '@orderlane/domain/body-secret';
import { heldKey } from '@orderlane/domain/place';
import { verdictOf } from '@orderlane/domain/verdict';
import { decideSignal } from './decide-signal.ts';
import type { Market } from './market.ts';

export interface TriedSignal extends Market {
  body: Uint8Array;
  idempotencyKey: string | null;
  now: Temporal.ZonedDateTime;
  entryMaxAgeMs: number;
}

/**
 * What a signal would lead to at that time, with what the strategy holds now. Nothing is stored, and
 * whether it repeats an earlier signal is not looked at.
 */
export async function trySignal(db: Db, target: WebhookTarget, tried: TriedSignal) {
  const { id: strategyId } = target.strategy;
  const call = { ...tried, body: separateSecret(tried.body).bytes };
  const entriesToday = await countEntriesToday(db, strategyId);
  const { places } = decideSignal(target, { ...call, held: new Map() });
  const held = await readHeld(db, { strategyId, places });
  const known = new Map(held.map((each) => [heldKey(target.strategy, each), each]));
  const decision = decideSignal(target, { ...call, held: known, entriesToday });
  return {
    verdict: verdictOf(decision),
    plans: decision.plans,
    refused: toRefusedSymbols(decision.refusals),
    notes: decision.notes.map(({ text }) => text),
    held: held satisfies HeldInstrument[],
  };
}
