import { type AccountRow, findAccount } from '@orderlane/db/accounts';
import {
  type ClosingToWork,
  findClosing,
  releaseClosing,
  takeClosings,
} from '@orderlane/db/closings';
import {
  type ClosingFacts,
  type ClosingStep,
  type ClosingTimes,
  nextClosingStep,
} from '@orderlane/domain/closing';
import { isInClosingAuction } from '@orderlane/domain/closing-auction';
import { judgeLook } from '@orderlane/domain/closing-proof';
import type { AccountId } from '@orderlane/domain/ids';
import { openSessionAt } from '@orderlane/domain/market-sessions';
import {
  type CarryOutDeps,
  carryOutStep,
  carryOutVerdict,
  tellOfClosing,
} from './carry-out-closing.ts';
import type { AccountLook } from './look-at-account.ts';
import { agoMs } from './session-dates.ts';
import type { Tasks } from './tasks.ts';

export interface WorkClosingsDeps extends CarryOutDeps {
  /** Names this process where it holds a lease. */
  worker: string;
  leaseMs: number;
  times: ClosingTimes;
  /** What waits for an OpenAlgo goes on beside: one that hangs holds up no other account's closings. */
  tasks: Tasks;
  /** One look serves all closings of an account. */
  look(account: AccountRow, closings: readonly ClosingToWork[]): Promise<AccountLook>;
  onFault(error: unknown): void;
}

const perRound = 500;

/**
 * Takes one step of each closing that is due. Each step is decided from rows alone and leaves rows
 * behind: whoever takes it may die before, between or after. Undone work is due again when its
 * lease is over.
 */
export async function workClosings(deps: WorkClosingsDeps): Promise<void> {
  const { db, worker, leaseMs } = deps;
  const ids = await takeClosings(db, { worker, leaseMs, limit: perRound });
  const looks: ClosingToWork[] = [];
  for (const id of ids) {
    const closing = await findClosing(db, id);
    if (closing === undefined) continue;
    const step = nextClosingStep(factsOf(deps, closing), deps.times);
    if (step.kind === 'look') looks.push(closing);
    // One closing's fault must not keep another position open.
    run(deps, async () => await takeStep(deps, { closing, step }));
  }
  for (const [accountId, closings] of Map.groupBy(looks, (closing) => closing.accountId)) {
    run(deps, async () => await lookAt(deps, { accountId, closings }));
  }
}

function factsOf(deps: WorkClosingsDeps, closing: ClosingToWork): ClosingFacts {
  const { instrument } = closing;
  const now = deps.now();
  const session = openSessionAt(instrument.exchange, now, deps.calendar);
  return {
    ...closing,
    sessionForMs: session === undefined ? null : agoMs(session.opensAt, now),
    isInAuction: isInClosingAuction(instrument, now, deps.isAuctionStock(instrument)),
  };
}

function run(deps: WorkClosingsDeps, work: () => Promise<void>): void {
  deps.tasks.run(async () => await work().catch(deps.onFault));
}

/** A look is taken for the whole account: here only what is to be told is told. */
async function takeStep(
  deps: WorkClosingsDeps,
  { closing, step }: { closing: ClosingToWork; step: ClosingStep },
): Promise<void> {
  if (step.kind === 'look') {
    await tellOfClosing(deps, closing, step.tell);
    return;
  }
  await release(deps, closing.id, await carryOutStep(deps, { closing, step }));
}

async function lookAt(
  deps: WorkClosingsDeps,
  args: { accountId: AccountId; closings: readonly ClosingToWork[] },
): Promise<void> {
  const { accountId, closings } = args;
  const account = await findAccount(deps.db, accountId);
  if (account === undefined) throw new Error(`Closings of account ${accountId}, which is gone`);
  const look = await deps.look(account, closings);
  for (const closing of closings) {
    await judge(deps, { closing, look }).catch(deps.onFault);
  }
}

async function judge(
  deps: WorkClosingsDeps,
  args: { closing: ClosingToWork; look: AccountLook },
): Promise<void> {
  // As it stands after the books were read: an order may have moved meanwhile.
  const closing = await findClosing(deps.db, args.closing.id);
  if (closing === undefined) return;
  const step = nextClosingStep(factsOf(deps, closing), deps.times);
  if (step.kind !== 'look' || closing.orders.length !== args.closing.orders.length) {
    await release(deps, closing.id, 0);
    return;
  }
  const { instrument, othersOwn, tradesElsewhere, flatBefore } = closing;
  const verdict = judgeLook(
    factsOf(deps, closing),
    {
      ...{ product: instrument.product, othersOwn, tradesElsewhere, flatBefore },
      shown: args.look.shown(instrument),
      traded: args.look.traded(instrument),
      isQuietlyEmpty: args.look.isQuietlyEmpty,
    },
    deps.times,
  );
  await release(deps, closing.id, await carryOutVerdict(deps, { closing, verdict }));
}

async function release(deps: WorkClosingsDeps, id: string, nextInMs: number): Promise<void> {
  await releaseClosing(deps.db, { id, worker: deps.worker, nextInMs });
}
