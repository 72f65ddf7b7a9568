import { type ClaimResult, type ClaimSettings, claimOrder } from '@orderlane/db/claim';
import { findOrderToSend, type OrderToSend } from '@orderlane/db/due-orders';
import type { Db } from '@orderlane/db/open-db';
import type { AttemptOutcome, DueOrder } from '@orderlane/db/outcomes';
import type { AccountId, OrderId } from '@orderlane/domain/ids';
import type { AccountLimits, GateQuestion } from '@orderlane/queue/account-gate';
import { type Slot, type SlotDeps, waitForSlot } from './slot.ts';

/** What one call came to, without the wait before a retry, which depends on the attempt. */
export type CallResult = Omit<AttemptOutcome, 'orderId' | 'attempt' | 'retryInMs'>;

export interface ExecuteOrderDeps extends SlotDeps {
  db: Db;
  /**
   * What the account holds of the instrument of an exit of an own position, by a clean book (signed
   * shares); null: not known, or not asked for this order.
   */
  shownPosition(order: OrderToSend): Promise<number | null>;
  /**
   * Lets only so many looks, and so many claims, ask for a connection at a time; the others wait here. Throws
   * while Postgres is away: the order's job ends, and another executor may have it.
   */
  turn: Record<'look' | 'claim', <T>(work: () => Promise<T>) => Promise<T>>;
  /** Runs the wait for a slot when it is this order's turn to ask the gate: see `GatePlaces`. */
  atGate<T>(order: OrderToSend, work: () => Promise<T>): Promise<T>;
  newClaimId(): string;
  claimSettings: ClaimSettings;
  /** A grant older than this is not used (ms): before the claim, and when the request is written. */
  grantMaxAgeMs: { beforeClaim: number; afterClaim: number };
  /** Writes the request unless the monotonic clock has passed `sendBy` (ms). Never throws. */
  call(
    order: OrderToSend,
    args: { attempt: number; sendBy: number; claimedAt: number; onWrite: () => void },
  ): Promise<CallResult>;
  /** The order is claimed; it could have been since so long (ms). The jobs of what it made void are dead. */
  onClaimed(
    order: OrderToSend,
    args: { attempt: number; waitedMs: number; voided: readonly OrderId[] },
  ): void;
  /** The gate could not be told that a call left late. */
  onGateError(error: unknown): void;
  /** Keeps a lease alive for as long as `work` takes. */
  holdLease<T>(orderId: OrderId, work: () => Promise<T>): Promise<T>;
  /** Records the attempt's own answer; tries again from memory until Postgres takes it. */
  settleAttempt(order: OrderToSend, args: { attempt: number; result: CallResult }): Promise<void>;
  /** Gives back a claim that led to no call; tries again from memory until Postgres takes it. Never throws. */
  giveBack(order: OrderToSend, claimId: string): Promise<void>;
  /** Adds the order's job again after this time (ms): the sweep does it in the end, this is sooner. */
  wakeIn(order: DueOrder, ms: number): void;
}

export interface OrderJob {
  orderId: OrderId;
  accountId: AccountId;
  limits: AccountLimits;
}

interface Ready extends Looked {
  slot: Slot;
  /** See `shownPosition`. */
  shown: number | null;
}

interface Try extends Ready {
  job: OrderJob;
  claimId: string;
  /** Monotonic, taken before the claim was asked for: the send window is never longer than Postgres thinks. */
  claimedAt: number;
}

/**
 * Pace, then claim, then call: a look at the row, a slot at the account's gate, the claim, the
 * request; nothing is awaited between claim and call unless the slot has grown too old meanwhile.
 * @throws when Redis or Postgres is away before the claim; the order then stays queued.
 */
export async function executeOrder(deps: ExecuteOrderDeps, job: OrderJob): Promise<void> {
  const ready = await waitWhileWanted(deps, job);
  if (ready === undefined) return;
  const { attempt, claim } = await deps.turn.claim(async () => {
    const tried = { ...ready, job, claimId: deps.newClaimId(), claimedAt: deps.monotonicNow() };
    return { attempt: tried, claim: await claimOrGiveBack(deps, tried) };
  });
  if (claim.verdict === 'taken') {
    const order = { ...ready.order, quantity: claim.quantity };
    const waitedMs = order.dueForMs + deps.monotonicNow() - ready.lookedAt;
    const { voided } = claim;
    deps.onClaimed(order, { attempt: claim.attempt, waitedMs, voided });
    await sendClaimed(deps, { attempt: { ...attempt, order }, number: claim.attempt });
  } else {
    comeBack(deps, { order: ready.order, job, claim });
  }
}

/**
 * How long an order waits at the gate before it is looked at again (ms). A smart order may have to rest meanwhile:
 * its rest is about as long as the wait for a slot, which would then be spent on nothing.
 */
const patienceMs = { regular: 2000, smart: 500 };

interface Looked {
  order: OrderToSend;
  /** Monotonic (ms). */
  lookedAt: number;
}

/** Waits for its turn at the gate, and there for a slot, looking now and then whether it still wants one. */
async function waitWhileWanted(deps: ExecuteOrderDeps, job: OrderJob): Promise<Ready | undefined> {
  const first = await lookAt(deps, job);
  if (first === undefined) return undefined;
  return await deps.atGate(first.order, async () => {
    let looked: Looked | undefined = first;
    while (looked !== undefined && !deps.shutdown.aborted) {
      const isOld = deps.monotonicNow() - looked.lookedAt >= patienceMs[looked.order.lane];
      if (isOld) looked = await lookAt(deps, job);
      const ready = looked && (await readyOf(deps, { looked, job }));
      if (ready !== undefined) return ready;
    }
    return undefined;
  });
}

/** Undefined: no slot should be spent on it now. */
async function lookAt(deps: ExecuteOrderDeps, job: OrderJob): Promise<Looked | undefined> {
  const { orderId: id, accountId } = job;
  const args = { id, accountId, smartGapMs: deps.claimSettings.smartGapMs };
  const order = await deps.turn.look(async () => await findOrderToSend(deps.db, args));
  if (order === undefined || order.hopeless) return undefined;
  if (order.restsForMs !== null && order.restsForMs > 0) {
    wakeIn(deps, { order, job, ms: order.restsForMs });
    return undefined;
  }
  return { order, lookedAt: deps.monotonicNow() };
}

async function readyOf(
  deps: ExecuteOrderDeps,
  { looked, job }: { looked: Looked; job: OrderJob },
): Promise<Ready | undefined> {
  const { order } = looked;
  const shown = await deps.shownPosition(order);
  const slot = await slotFor(deps, {
    order,
    job,
    until: deps.monotonicNow() + patienceMs[order.lane],
  });
  return slot && { ...looked, slot, shown };
}

function questionOf(order: OrderToSend, job: OrderJob): GateQuestion {
  return { accountId: job.accountId, role: order.role, lane: order.lane, limits: job.limits };
}

async function slotFor(
  deps: ExecuteOrderDeps,
  args: { order: OrderToSend; job: OrderJob; until: number },
): Promise<Slot | undefined> {
  const { order, job, until } = args;
  const maxAgeMs = deps.grantMaxAgeMs.beforeClaim;
  return await waitForSlot(deps, { question: questionOf(order, job), maxAgeMs, until });
}

async function claimOrGiveBack(deps: ExecuteOrderDeps, attempt: Try): Promise<ClaimResult> {
  const { order, claimId, shown } = attempt;
  const settings = deps.claimSettings;
  try {
    return await claimOrder(deps.db, { orderId: order.id, claimId, settings, shown });
  } catch (error) {
    // The answer is missing, the claim may stand: only this process knows that it sent nothing. Not waited
    // for: where the claim never arrived, another executor is to send the order meanwhile.
    void deps.giveBack(order, claimId);
    throw error;
  }
}

async function sendClaimed(
  deps: ExecuteOrderDeps,
  args: { attempt: Try; number: number },
): Promise<void> {
  const { attempt, number } = args;
  const { order } = attempt;
  await deps.holdLease(order.id, async () => {
    const result = await callOnFreshSlot(deps, args);
    if (result === undefined) await deps.giveBack(order, attempt.claimId);
    else await deps.settleAttempt(order, { attempt: number, result });
  });
}

/**
 * Calls whose slot had grown too old when the connection was ready, or the process went on. The next is not
 * refused for that: where every connection is slow they are all late alike.
 */
const mostRefusedWrites = 2;

/**
 * Writes nothing on a slot that has grown too old: what is refused in the turn in which it would be written
 * surely did not leave, so a slot is asked for again, within the send window. Undefined: none was granted.
 */
async function callOnFreshSlot(
  deps: ExecuteOrderDeps,
  args: { attempt: Try; number: number },
): Promise<CallResult | undefined> {
  const { attempt, number } = args;
  const { order, claimedAt } = attempt;
  const windowEnds = claimedAt + deps.claimSettings.sendWindowMs;
  let slot = await freshSlot(deps, { attempt, sendBy: windowEnds });
  for (let refused = 0; slot !== undefined; refused++) {
    const granted = slot;
    const isPatient = refused === mostRefusedWrites;
    const sendBy = isPatient
      ? windowEnds
      : Math.min(windowEnds, granted.askedAt + deps.grantMaxAgeMs.afterClaim);
    const onWrite = () => tellWhenLate(deps, { attempt, slot: granted });
    const result = await deps.call(order, { attempt: number, sendBy, claimedAt, onWrite });
    if (isPatient || !isTooLate(result) || deps.monotonicNow() >= windowEnds) return result;
    slot = await freshSlot(deps, { attempt: { ...attempt, slot }, sendBy: windowEnds });
  }
  return undefined;
}

function isTooLate({ outcome }: CallResult): boolean {
  return outcome.kind === 'not_sent' && outcome.cause === 'too_late';
}

/** A slow claim, or a process that was stopped, asks the gate again within the send window. */
async function freshSlot(
  deps: ExecuteOrderDeps,
  args: { attempt: Try; sendBy: number },
): Promise<Slot | undefined> {
  const { attempt, sendBy } = args;
  const { slot } = attempt;
  if (deps.monotonicNow() - slot.askedAt <= deps.grantMaxAgeMs.afterClaim) return slot;
  try {
    return await slotFor(deps, { ...attempt, until: sendBy });
  } catch (error) {
    // Redis went away: no slot, so no call; the claim is given back.
    deps.onGateError(error);
    return undefined;
  }
}

/** A call that leaves long after its grant would arrive next to the one behind it. */
function tellWhenLate(deps: ExecuteOrderDeps, args: { attempt: Try; slot: Slot }): void {
  const { order, job } = args.attempt;
  if (deps.monotonicNow() - args.slot.askedAt <= deps.grantMaxAgeMs.beforeClaim) return;
  deps.gate.leftLate(questionOf(order, job)).catch(deps.onGateError);
}

function comeBack(
  deps: ExecuteOrderDeps,
  args: { order: OrderToSend; job: OrderJob; claim: ClaimResult },
): void {
  const { order, job, claim } = args;
  if ((claim.verdict === 'waits' || claim.verdict === 'not_yet') && claim.wakeInMs !== null) {
    wakeIn(deps, { order, job, ms: claim.wakeInMs });
  }
}

function wakeIn(
  deps: ExecuteOrderDeps,
  { order, job, ms }: { order: OrderToSend; job: OrderJob; ms: number },
): void {
  const { id, lane, priority } = order;
  deps.wakeIn({ id, accountId: job.accountId, lane, priority }, ms);
}
