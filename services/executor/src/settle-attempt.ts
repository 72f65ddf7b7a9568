import { forgetClientOrderIdLane, markSessionDead, seeAccountMode } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { Db } from '@orderlane/db/open-db';
import { type DueOrder, recordOutcome } from '@orderlane/db/outcomes';
import type { AccountId } from '@orderlane/domain/ids';
import { retryDelayMs } from '@orderlane/domain/retry-delay';
import type { Lanes } from '@orderlane/queue/lanes';
import type { CallResult } from './execute-order.ts';
import { type UntilStoredDeps, untilStored } from './until-stored.ts';

export interface SettleAttemptDeps extends UntilStoredDeps {
  db: Db;
  lanes: Lanes;
  retryDelaysMs: readonly number[];
  random(): number;
  wakeIn(order: DueOrder, ms: number): void;
  onSettled(settled: {
    accountId: AccountId;
    order: OrderToSend;
    attempt: number;
    result: CallResult;
    retryInMs: number;
  }): void;
  onEnqueueError(error: unknown): void;
  /** The mode that an answer showed was not believed: the next read of the books sees it. */
  onModeError(error: unknown): void;
}

/**
 * Records what an attempt came to, in its own transaction with the alert that it causes; then, after
 * the commit, wakes the orders that waited for this one.
 */
export async function settleAttempt(
  deps: SettleAttemptDeps,
  args: { accountId: AccountId; order: OrderToSend; attempt: number; result: CallResult },
): Promise<void> {
  const { accountId, order, attempt, result } = args;
  const retryInMs = waitBefore(deps, args);
  const answeredAt = performance.now();
  const { status, woken, showsOtherMode } = await untilStored(deps, async () => {
    return await deps.db.transaction().execute(async (transaction) => {
      const recorded = await recordOutcome(transaction, {
        ...result,
        orderId: order.id,
        attempt,
        retryInMs,
      });
      await raiseAlertFor(transaction, args);
      if (result.outcome.kind === 'not_sent' && result.outcome.cause === 'unknown_field') {
        await forgetClientOrderIdLane(transaction, { id: accountId, lane: order.lane });
      }
      return recorded;
    });
  });
  deps.onSettled({ ...args, retryInMs });
  if (showsOtherMode) await seeMode(deps, { ...args, answeredAt }).catch(deps.onModeError);
  if (status === 'queued') {
    const { id, lane, priority } = order;
    deps.wakeIn({ id, accountId, lane, priority }, retryInMs);
  }
  if (woken.length > 0) await deps.lanes.add(woken).catch(deps.onEnqueueError);
}

/** OpenAlgo was switched: what comes next is planned for the mode in which it is. */
async function seeMode(
  { db }: Pick<SettleAttemptDeps, 'db'>,
  args: { accountId: AccountId; result: CallResult; answeredAt: number },
): Promise<void> {
  const { accountId: id, result, answeredAt } = args;
  if (result.outcome.kind !== 'accepted') return;
  const askedAgoMs = (result.sentAgoMs ?? 0) + performance.now() - answeredAt;
  await seeAccountMode(db, { id, mode: result.outcome.mode, askedAgoMs });
}

/** Nothing has to get better before an order goes again without the field that was refused. */
function waitBefore(
  deps: Pick<SettleAttemptDeps, 'retryDelaysMs' | 'random'>,
  args: { attempt: number; result: CallResult },
): number {
  const { outcome } = args.result;
  if (outcome.kind === 'not_sent' && outcome.cause === 'unknown_field') return 0;
  return retryDelayMs(deps.retryDelaysMs, { attempt: args.attempt, random: deps.random() });
}

async function raiseAlertFor(
  db: Db,
  args: { accountId: AccountId; order: OrderToSend; result: CallResult },
): Promise<void> {
  const { accountId, order, result } = args;
  const { outcome } = result;
  const instrument = `${order.strategyName} ${order.exchange}:${order.symbol}:${order.product}`;
  // Entries of an instrument are told once in ten minutes, exits each.
  const subject = order.role === 'exit' ? `${instrument} ${order.id}` : instrument;
  const what = `${order.action} ${order.quantity || 'all'} ${order.symbol} (${order.strategyName})`;
  const about = { subject, accountId, orderId: order.id };
  if (outcome.kind === 'rejected' || outcome.kind === 'indeterminate') {
    await raiseAlert(db, { ...about, code: outcome.kind, text: `${what}: ${outcome.reason}` });
  }
  if (outcome.kind === 'awaiting_approval') {
    const text = `${what} waits for approval in OpenAlgo's Action Center`;
    await raiseAlert(db, { ...about, code: outcome.kind, text });
  }
  if (outcome.kind === 'not_sent' && outcome.cause === 'session_dead') {
    await markSessionDead(db, accountId);
    const text = 'OpenAlgo refuses the API key: sign in to the broker there, or check the key';
    await raiseAlert(db, {
      code: 'session_dead',
      subject: `account ${accountId}`,
      accountId,
      text,
    });
  }
}
