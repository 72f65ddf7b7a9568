import { randomUUID } from 'node:crypto';
import { type ClaimResult, type ClaimSettings, claimOrder } from '@orderlane/db/claim';
import { listDueOrders } from '@orderlane/db/due-orders';
import type { Db } from '@orderlane/db/open-db';
import { type RecordedOutcome, recordOutcome } from '@orderlane/db/outcomes';
import type { OrderId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Outcome } from '@orderlane/domain/outcome';

/** Claims as an executor makes them, without its waiting times. */
export const testClaimSettings: ClaimSettings = {
  executor: 'test',
  leaseMs: 15_000,
  sendWindowMs: 3000,
  exitWaitMs: 10_000,
  smartGapMs: 0,
};

export const acceptedOutcome: Outcome = { kind: 'accepted', brokerOrderId: 'B1', mode: 'analyze' };
export const unclearOutcome: Outcome = { kind: 'indeterminate', reason: 'reset' };

export async function claimNow(
  db: Db,
  args: { orderId: OrderId; changes?: Partial<ClaimSettings> },
): Promise<ClaimResult> {
  const settings = { ...testClaimSettings, ...args.changes };
  return await claimOrder(db, { orderId: args.orderId, claimId: randomUUID(), settings });
}

/** Records the answer to the first attempt. */
export async function answerFirst(
  db: Db,
  args: { orderId: OrderId; outcome: Outcome },
): Promise<RecordedOutcome> {
  return await recordOutcome(db, {
    ...args,
    attempt: 1,
    sentAgoMs: 5,
    answeredAgoMs: 1,
    httpStatus: 200,
    answer: '{}',
    retryInMs: 0,
  });
}

export async function statusOfOrder(db: Db, id: OrderId): Promise<OrderStatus> {
  const row = await db
    .selectFrom('orders')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.status;
}

export async function dueOrderIds(db: Db): Promise<OrderId[]> {
  return (await listDueOrders(db, { limit: 1000 })).map((due) => due.id);
}
