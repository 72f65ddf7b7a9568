import type { OrderId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

export interface ClaimSettings {
  /** Names this process in the order's story. */
  executor: string;
  /** How long the claim is this process's unless renewed (ms). */
  leaseMs: number;
  /** The call must have begun this long after the claim (ms). */
  sendWindowMs: number;
  /** An exit waits for older calls in flight this long at the most (ms). */
  exitWaitMs: number;
  /** Rest between the account's last final order on an instrument and a smart order there (ms). */
  smartGapMs: number;
}

export type ClaimResult =
  /**
   * With the quantity as it is now: of an order with a target of its own it is computed here. The repeated exits that
   * it makes superfluous are void, their jobs dead.
   */
  | { verdict: 'taken'; attempt: number; quantity: number; voided: OrderId[] }
  /** Somebody else's, or past: nothing to do. */
  | { verdict: 'not_queued' | 'expired' | 'superseded' | 'cancelled' }
  /** A brake holds it; it stays queued and the sweep brings it back when the brake is released. */
  | { verdict: 'braked'; brake: string }
  /** An older order must move on first; `wakeInMs` where the wait is bounded. */
  | { verdict: 'waits'; wakeInMs: number | null }
  | { verdict: 'not_yet'; wakeInMs: number };

interface ClaimRow {
  verdict: ClaimResult['verdict'];
  detail: string | null;
  taken: number | null;
  quantity: number | null;
  wake_in_ms: number | null;
  voided: OrderId[] | null;
}

function toResult(row: ClaimRow): ClaimResult {
  switch (row.verdict) {
    case 'taken':
      return {
        verdict: 'taken',
        attempt: row.taken ?? 0,
        quantity: row.quantity ?? 0,
        voided: row.voided ?? [],
      };
    case 'braked':
      return { verdict: 'braked', brake: row.detail ?? '' };
    case 'waits':
      return { verdict: 'waits', wakeInMs: row.wake_in_ms };
    case 'not_yet':
      return { verdict: 'not_yet', wakeInMs: row.wake_in_ms ?? 1 };
    case 'not_queued':
    case 'expired':
    case 'superseded':
    case 'cancelled':
      return { verdict: row.verdict };
  }
}

/**
 * Takes an order for one attempt, by compare-and-set under an advisory lock of its strategy and
 * instrument, checking all that may stop it: status, expiry, activity, brakes, the order within the
 * instrument, a twin in flight. The commit is durable before this returns.
 * @throws when Postgres did not answer: the claim may stand all the same, so give it back by its id.
 */
export async function claimOrder(
  db: Db,
  args: {
    orderId: OrderId;
    claimId: string;
    settings: ClaimSettings;
    /** The account's position as a clean book shows it: an exit of an own position takes no more. */
    shown?: number | null;
  },
): Promise<ClaimResult> {
  const { executor, leaseMs, sendWindowMs, exitWaitMs, smartGapMs } = args.settings;
  const { rows } = await sql<ClaimRow>`
    select verdict, detail, taken, wake_in_ms, quantity,
        case verdict when 'taken' then void_repeats(${args.orderId}) end as voided
      from claim_order(${args.orderId}, ${args.claimId},
      row(${executor}::text, ${leaseMs}::integer, ${sendWindowMs}::integer,
          ${exitWaitMs}::integer, ${smartGapMs}::integer)::claim_settings,
      ${args.shown ?? null}::integer)`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('claim_order answered nothing');
  return toResult(row);
}

/** Renews the leases of calls that are still under way; returns how many are still ours. */
export async function renewLeases(
  db: Db,
  args: { executor: string; orderIds: readonly OrderId[]; leaseMs: number },
): Promise<number> {
  const result = await db
    .updateTable('orders')
    .set({ lease_until: sql<Date>`clock_timestamp() + ms(${args.leaseMs})` })
    .where('id', 'in', args.orderIds)
    .where('status', '=', 'submitting')
    .where('executor', '=', args.executor)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export interface GivenBack {
  /** False when the claim does not stand (any more). */
  isBack: boolean;
  /** Orders that waited for this one. */
  woken: DueOrder[];
}

/**
 * Puts a claimed order back on the queue when this very claim surely led to no call, even if its
 * lease was thought lost meanwhile.
 */
export async function giveBackOrder(
  db: Db,
  args: { orderId: OrderId; claimId: string },
): Promise<GivenBack> {
  const { rows } = await sql<{ is_back: boolean; woken: DueOrder[] }>`
    select is_back, woken from give_back_order(${args.orderId}, ${args.claimId})`.execute(db);
  return { isBack: rows[0]?.is_back ?? false, woken: rows[0]?.woken ?? [] };
}
