import { setTimeout as sleep } from 'node:timers/promises';
import { giveBackOrder, renewLeases } from '@orderlane/db/claim';
import { recordOutcome } from '@orderlane/db/outcomes';
import type { OrderId } from '@orderlane/domain/ids';
import type { Outcome } from '@orderlane/domain/outcome';
import type { CallEntry } from './log.ts';
import type { Fate } from './script.ts';
import type { World } from './world.ts';

export interface Attempt {
  orderId: OrderId;
  claimId: string;
  attempt: number;
  /** Shares. */
  quantity: number;
  /** Monotonic: nothing is written once it is past. */
  sendBy: number;
  fate: Fate;
}

/** What follows a granted claim: the call and its answer, or the end of the process that made it. */
export async function liveAttempt(world: World, attempt: Attempt): Promise<void> {
  const { fate } = attempt;
  switch (fate.does) {
    case 'dies_before_call':
      return;
    case 'loses_the_reply':
      await sleep(fate.afterMs);
      await giveBack(world, attempt);
      return;
    case 'oversleeps':
      await sleep(world.settings.sendWindowMs + fate.afterMs);
      await callInTime(world, attempt);
      return;
    case 'dies_after_call':
    case 'calls':
      await callInTime(world, attempt);
  }
}

async function giveBack(world: World, { orderId, claimId }: Attempt): Promise<void> {
  const { isBack, woken } = await giveBackOrder(world.db, { orderId, claimId });
  world.jobs.add(woken.map(({ id }) => id));
  if (isBack) world.jobs.add([orderId]);
}

async function callInTime(world: World, attempt: Attempt): Promise<void> {
  if (performance.now() >= attempt.sendBy) {
    await giveBack(world, attempt);
    return;
  }
  const { orderId, fate } = attempt;
  world.log.calls.push({
    orderId,
    attempt: attempt.attempt,
    at: world.log.tick(),
    effect: effectOf(fate),
  });
  const needsApproval = fate.does === 'calls' && fate.outcome === 'awaiting_approval';
  if (reachesBroker(fate)) world.onPlaced?.({ orderId, quantity: attempt.quantity, needsApproval });
  if (fate.does === 'dies_after_call') return;
  await hang(world, attempt);
  await answer(world, attempt);
}

function effectOf({ does, outcome }: Fate): CallEntry['effect'] {
  if (does === 'dies_after_call') return 'executed';
  if (outcome === 'not_sent') return 'refused';
  return outcome === 'no_action' ? 'nothing_to_do' : 'executed';
}

function reachesBroker({ does, outcome }: Fate): boolean {
  return does === 'dies_after_call' || !['not_sent', 'rejected', 'no_action'].includes(outcome);
}

/** The answer takes its time; a process that still lives renews its lease meanwhile. */
async function hang(world: World, { orderId, fate }: Attempt): Promise<void> {
  const { executor, leaseMs } = world.settings;
  const until = performance.now() + fate.afterMs;
  const step = leaseMs / 3;
  for (let left = fate.afterMs; left > 0; left = until - performance.now()) {
    await sleep(Math.min(step, left));
    if (fate.renewsLease) await renewLeases(world.db, { executor, leaseMs, orderIds: [orderId] });
  }
}

function outcomeOf(kind: Outcome['kind'], orderId: OrderId): Outcome {
  const mode = 'analyze';
  switch (kind) {
    case 'accepted':
      return { kind, brokerOrderId: `B-${orderId}`, mode };
    case 'awaiting_approval':
      return { kind, pendingOrderId: '1', mode };
    case 'not_sent':
      return { kind, cause: 'unreachable', reason: 'refused' };
    case 'indeterminate':
      return { kind, reason: 'reset' };
    case 'rejected':
      return { kind, brokerOrderId: null, reason: kind, mode };
    case 'no_action':
      return { kind, reason: kind, mode };
  }
}

async function answer(world: World, { orderId, attempt, fate }: Attempt): Promise<void> {
  const { status, woken } = await recordOutcome(world.db, {
    orderId,
    attempt,
    outcome: outcomeOf(fate.outcome, orderId),
    sentAgoMs: fate.afterMs,
    answeredAgoMs: 0,
    httpStatus: 200,
    answer: '{}',
    retryInMs: 5,
  });
  world.jobs.add(woken.map(({ id }) => id));
  if (status === 'queued') world.jobs.add([orderId]);
}
