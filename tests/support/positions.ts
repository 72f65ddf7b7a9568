import { randomUUID } from 'node:crypto';
import { moveFollowedOrder } from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import { type HeldInstrument, storeSignal } from '@orderlane/db/store-signal';
import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { answerFirst, claimNow } from './claims.ts';
import { makePlan, makePlanToStore, makeSignal, type Seed, storeOrder } from './factories.ts';

export const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;

/** What the store says is held, whatever was guessed. */
export async function heldOf(
  seed: Seed,
): Promise<Omit<HeldInstrument, keyof typeof sbin | 'accountId'>> {
  const { version: strategyVersion } = await seed.db
    .selectFrom('strategies')
    .select('version')
    .where('id', '=', seed.strategyId)
    .executeTakeFirstOrThrow();
  const guess = { ...sbin, accountId: seed.accountId, own: -999_999, coming: 0, entries: 0 };
  const signal = makeSignal(seed, { held: [guess], strategyVersion });
  const stored = await storeSignal(seed.db, signal);
  if (stored.kind !== 'held_moved') throw new Error(`Unexpected: ${stored.kind}`);
  const { own, coming, entries } = stored.held[0] ?? guess;
  return { own, coming, entries };
}

/** Claims and has it accepted, as the broker order that is returned. */
export async function sendOrder(db: Db, orderId: OrderId): Promise<string> {
  const claim = await claimNow(db, { orderId });
  if (claim.verdict !== 'taken') throw new Error(`Not taken: ${claim.verdict}`);
  const brokerOrderId = `B${randomUUID().slice(0, 8)}`;
  await answerFirst(db, {
    orderId,
    outcome: { kind: 'accepted', brokerOrderId, mode: 'analyze' },
  });
  return brokerOrderId;
}

/** As if the trade book showed so much of it (shares, in all). */
export async function fillOrder(
  db: Db,
  args: { orderId: OrderId; filled: number; to?: 'accepted' | 'filled' | 'cancelled' },
): Promise<void> {
  const { orderId: id, filled: filledQuantity, to = 'filled' } = args;
  const move = {
    id,
    to,
    filledQuantity,
    mode: 'analyze',
    averagePrice: 100,
    reason: null,
    from: 'accepted',
  } as const;
  if (!(await moveFollowedOrder(db, move))) throw new Error('The order has moved on');
}

/** Stores, sends and fills an order in whole. */
export async function fillNew(seed: Seed, values: Partial<OrderPlan>): Promise<OrderId> {
  const orderId = await storeOrder(seed, values);
  await sendOrder(seed.db, orderId);
  await fillOrder(seed.db, { orderId, filled: makePlanToStore(makePlan(values)).plan.quantity });
  return orderId;
}
