import { type AccountRow, listAccountsOf } from '@orderlane/db/accounts';
import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import { listDueOrders } from '@orderlane/db/due-orders';
import {
  type EndedOrder,
  type EndedOrders,
  expireOrders,
  lapseLeases,
} from '@orderlane/db/ended-orders';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import type { Lanes } from '@orderlane/queue/lanes';
import { type NoticeDeps, noticeRestore } from './notice-restore.ts';
import type { Outage } from './outage.ts';
import { alertsOfExpired, alertsOfLapsed } from './sweep-alerts.ts';

export interface SweepDeps extends NoticeDeps {
  lanes: Lanes;
  redis: Outage;
  /** Orders that one sweep puts back, and ends in one transaction. */
  limit: number;
  limitsOf(account: AccountRow): AccountLimits;
  onExpired(order: EndedOrder): void;
  onLapsed(order: EndedOrder): void;
}

/** Transactions that one sweep ends orders in; what is left is the next one's. */
const maxRounds = 10;

/**
 * Ends what has grown too old and what a dead executor left behind, then puts every queued order
 * that could be sent on its lane again: where its job is there already, that changes nothing. So
 * what Redis lost is back a sweep after Redis is. Several schedulers may sweep at once.
 * @throws when Postgres is away; without Redis the rest is done all the same.
 */
export async function sweepQueued(deps: SweepDeps): Promise<void> {
  const dead = await noticeRestore(deps);
  const expired = await endOrders(deps, { end: expireOrders, alertsOf: alertsOfExpired });
  for (const order of expired) deps.onExpired(order);
  const lapsed = await endOrders(deps, { end: lapseLeases, alertsOf: alertsOfLapsed });
  for (const order of lapsed) deps.onLapsed(order);
  const due = await listDueOrders(deps.db, { limit: deps.limit });
  const accounts = await listAccountsOf(deps.db, [
    ...new Set(due.map(({ accountId }) => accountId)),
  ]);
  await deps.redis.attempt(async () => {
    await writeLimits(deps, accounts);
    await deps.lanes.add(due);
    await removeJobs(deps, [...dead, ...expired]);
  });
}

interface Ending {
  end(db: Db, args: { limit: number }): Promise<EndedOrders>;
  alertsOf(orders: readonly EndedOrder[]): AlertToRaise[];
}

/** Orders that waited for these are due now: the sweep itself adds their jobs. */
async function endOrders(deps: SweepDeps, { end, alertsOf }: Ending): Promise<EndedOrder[]> {
  const all: EndedOrder[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const ended = await deps.db.transaction().execute(async (transaction) => {
      const { ended: orders } = await end(transaction, { limit: deps.limit });
      await raiseAlerts(transaction, alertsOf(orders));
      return orders;
    });
    all.push(...ended);
    if (ended.length < deps.limit) break;
  }
  return all;
}

/** Always in the same order: two schedulers must not wait for each other's alerts in a circle. */
async function raiseAlerts(db: Db, alerts: AlertToRaise[]): Promise<void> {
  const sorted = alerts.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  for (const alert of sorted) await raiseAlert(db, alert);
}

/** They live in Redis only; a lane without them would hand out its backlog at once. */
async function writeLimits(deps: SweepDeps, accounts: readonly AccountRow[]): Promise<void> {
  const written = accounts.map(
    async (account) => await deps.lanes.writeLimits(account.id, deps.limitsOf(account)),
  );
  await Promise.all(written);
}

/** A dead job would cost its lane a turn. */
async function removeJobs(deps: SweepDeps, orders: readonly DueOrder[]): Promise<void> {
  if (orders.length > 0) await deps.lanes.remove(orders);
}
