import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import { giveBackOrder } from '@orderlane/db/claim';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId, OrderId } from '@orderlane/domain/ids';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import type { AccountGate, AccountLimits } from '@orderlane/queue/account-gate';
import type { Lanes } from '@orderlane/queue/lanes';
import type { Log } from '@orderlane/runtime/log';
import { newId } from '@orderlane/runtime/new-id';
import pLimit from 'p-limit';
import { callOpenAlgo } from './call-openalgo.ts';
import type { ExecutorConfig } from './config.ts';
import { type ExecuteOrderDeps, executeOrder } from './execute-order.ts';
import type { ExecutorMetrics } from './executor-metrics.ts';
import { createGatePlaces } from './gate-places.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { reportGivenBack, reportOutcome, reportSent } from './report.ts';
import { type SettleAttemptDeps, settleAttempt } from './settle-attempt.ts';
import type { ShownPositions } from './shown-positions.ts';
import { type UntilStoredDeps, untilStored } from './until-stored.ts';
import type { WakeUp } from './wake-up.ts';

export interface ExecuteParts {
  config: ExecutorConfig;
  log: Log;
  metrics: ExecutorMetrics;
  db: Db;
  lanes: Lanes;
  gate: AccountGate;
  leases: LeaseKeeper;
  shownPositions: ShownPositions;
  wakeUp: WakeUp;
  /** Names this process in the orders' story. */
  executor: string;
  shutdown: AbortSignal;
  isPostgresAway(): boolean;
  /** Does what outlives its job; it is waited for when this process stops. */
  inBackground(work: Promise<void>): Promise<void>;
  clientOf(account: AccountRow): OpenAlgoClient;
  limitsOf(account: AccountRow): AccountLimits;
}

/** Ties the use case to its parts: what a lane's job does. */
export function createExecute(parts: ExecuteParts) {
  const turn = turnsFor(parts);
  const places = createGatePlaces();
  return async ({ orderId, account }: { orderId: OrderId; account: AccountRow }): Promise<void> => {
    const job = { orderId, accountId: account.id, limits: parts.limitsOf(account) };
    const atGate: ExecuteOrderDeps['atGate'] = async (order, work) =>
      await places.take(account.id, order, work);
    await executeOrder({ ...depsFor(parts, account), turn, atGate }, job);
  };
}

/**
 * A thousand lanes may wake up at once. Who waits for a connection longer than it takes to open one fails, and
 * its order comes again with the next sweep: so orders wait for their turn before they ask for one. Looks and
 * claims share the pool, and leave room for answers and leases. Nobody waits for a Postgres that is away: jobs
 * that do are kept from the other executors.
 */
function turnsFor({
  config,
  isPostgresAway,
}: Pick<ExecuteParts, 'config' | 'isPostgresAway'>): ExecuteOrderDeps['turn'] {
  const each = Math.max(1, Math.floor(config.DATABASE_POOL_SIZE * 0.4));
  const [look, claim] = [pLimit(each), pLimit(each)];
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isPostgresAway()) throw new Error('Postgres does not answer');
    return await work();
  };
  return {
    look: async (work) => await look(ask, work),
    claim: async (work) => await claim(ask, work),
  };
}

function depsFor(
  parts: ExecuteParts,
  account: AccountRow,
): Omit<ExecuteOrderDeps, 'turn' | 'atGate'> {
  const { config, log, db, gate, leases, wakeUp } = parts;
  const accountId = account.id;
  const patient = {
    sleep: async (ms: number) => await sleep(ms),
    onRetry: (error: unknown) =>
      log.error({ event: 'store_retried', err: error }, 'not stored yet'),
  };
  return {
    ...patient,
    db,
    gate,
    shutdown: parts.shutdown,
    monotonicNow: () => performance.now(),
    shownPosition: async (order) =>
      order.role === 'exit' && order.ownTarget !== null
        ? await parts.shownPositions.of(account, order)
        : null,
    newClaimId: newId,
    claimSettings: {
      executor: parts.executor,
      leaseMs: config.LEASE_MS,
      sendWindowMs: config.SEND_WINDOW_MS,
      exitWaitMs: config.EXIT_WAIT_MS,
      smartGapMs: config.SMART_REST_MS,
    },
    grantMaxAgeMs: {
      beforeClaim: config.GRANT_MAX_AGE_MS,
      afterClaim: 2 * config.GRANT_MAX_AGE_MS,
    },
    ...countedCall(parts, account),
    onGateError: (error) => log.warn({ event: 'gate_unreachable', err: error }, 'the gate is away'),
    holdLease: async (id, work) => await leases.hold(id, work),
    settleAttempt: async (order, answer) =>
      await settleAttempt(settleDeps(parts, patient), { accountId, order, ...answer }),
    giveBack: async (order, claimId) =>
      await parts.inBackground(giveBack(parts, { patient, accountId, order, claimId })),
    wakeIn: wakeUp.in,
  };
}

/** Claim and call, with what is counted of them. */
function countedCall(
  { log, metrics, lanes, clientOf }: ExecuteParts,
  account: AccountRow,
): Pick<ExecuteOrderDeps, 'onClaimed' | 'call'> {
  const accountId = account.id;
  return {
    onClaimed: (order, { attempt, waitedMs, voided }) => {
      // Not waited for: the call is next. A dead job costs its lane a turn, and nothing else.
      const { lane } = order;
      lanes.remove(voided.map((id) => ({ id, accountId, lane }))).catch((err: unknown) => {
        log.warn({ event: 'left_to_the_sweep', err }, 'dead jobs stay on their lane');
      });
      // Later attempts wait for reasons of their own.
      if (attempt === 1) metrics.claimed(order, waitedMs);
    },
    call: async (order, { attempt, sendBy, claimedAt, onWrite }) => {
      const onSent = () => {
        onWrite();
        reportSent(log, order, { accountId, attempt });
        const sinceClaimMs = performance.now() - claimedAt;
        metrics.sent(order, { accountId, sinceClaimMs });
      };
      const call = { order, attempt, sendBy, onWrite: onSent };
      return await callOpenAlgo(clientOf(account), call);
    },
  };
}

function settleDeps(parts: ExecuteParts, patient: UntilStoredDeps): SettleAttemptDeps {
  const { config, log, metrics, db, lanes, wakeUp } = parts;
  return {
    ...patient,
    db,
    lanes,
    retryDelaysMs: config.RETRY_DELAYS_MS,
    random: Math.random,
    wakeIn: wakeUp.in,
    onSettled: (settled) => {
      reportOutcome(log, settled);
      metrics.settled(settled.order, settled.result);
    },
    onEnqueueError: (error) =>
      log.warn({ event: 'enqueue_failed', err: error }, 'the sweep adds the jobs'),
    onModeError: (error) =>
      log.warn({ event: 'mode_not_recorded', err: error }, 'the next read of the books shows it'),
  };
}

async function giveBack(
  parts: ExecuteParts,
  args: { patient: UntilStoredDeps; accountId: AccountId; order: OrderToSend; claimId: string },
): Promise<void> {
  const { accountId, order, claimId } = args;
  const { id, lane, priority } = order;
  const { isBack, woken } = await untilStored(
    args.patient,
    async () => await giveBackOrder(parts.db, { orderId: id, claimId }),
  );
  if (!isBack) return;
  parts.metrics.givenBack(order);
  reportGivenBack(parts.log, order, { accountId, attempt: order.attempt + 1 });
  parts.wakeUp.in({ id, accountId, lane, priority }, parts.config.GIVE_BACK_WAIT_MS);
  for (const waiter of woken) parts.wakeUp.in(waiter, 0);
}
