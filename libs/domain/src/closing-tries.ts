import type { ClosingFacts, ClosingOrder, ClosingTimes, OrderStep, Tell } from './closing.ts';
import { actionToClose } from './left-to-close.ts';

/** Tries after which a person is told, and the next ones take their time. */
const triesBeforeTelling = 3;

/** The next try: at once, until it has failed too often, or with the same words; none after the close. */
export function sendAgain(
  facts: Pick<ClosingFacts, 'orders' | 'closesInMs'>,
  times: ClosingTimes,
  quantity: number | null,
): OrderStep {
  if (facts.closesInMs <= 0) return { kind: 'wait', ms: times.watchMs, tell: [] };
  const failed = facts.orders.filter((order) => order.wasSent && hasFailed(order));
  const [before, last] = failed.slice(-2);
  const isRepeated =
    before?.status === 'rejected' && last?.status === 'rejected' && before.reason === last.reason;
  if (failed.length < triesBeforeTelling && !isRepeated)
    return { kind: 'send', quantity, tell: [] };
  const text = `${failed.length} tries to close it came to nothing${reasonOf(failed)}; it is tried again until the session closes`;
  const tell: Tell[] = [{ code: 'exit_stuck', text }];
  const leftMs = times.retryMs - (failed.at(-1)?.endedForMs ?? times.retryMs);
  return leftMs > 0 ? { kind: 'wait', ms: leftMs, tell } : { kind: 'send', quantity, tell };
}

/**
 * What its last order came to says how it stands. One that is void because an older order has met it as well came to
 * nothing of its own (decision 38).
 */
export function lastOf(orders: readonly ClosingOrder[]): ClosingOrder | undefined {
  return orders.findLast(({ status }) => status !== 'superseded') ?? orders.at(-1);
}

/** It was to close something and did not, or not all of it. */
export function hasFailed({ status }: ClosingOrder): boolean {
  return status === 'rejected' || status === 'absent' || status === 'cancelled';
}

/** Some of it moved the position, or all. */
export function hasFilled({ status, filled }: ClosingOrder): boolean {
  return status === 'filled' || filled > 0;
}

function reasonOf(failed: readonly ClosingOrder[]): string {
  const reason = failed.at(-1)?.reason ?? null;
  return reason === null ? '' : ` (${reason})`;
}

/**
 * The claim found nothing that its last order could take, and nothing has come since. A fill that was
 * under way while the claim looked is seen by one more.
 */
export function isStillUnfit(
  last: ClosingOrder | undefined,
  { own, ownMovedForMs }: ClosingFacts,
  { watchMs }: ClosingTimes,
): boolean {
  if (last?.code !== 'nothing_to_exit' || last.action !== actionToClose({ own })) return false;
  if (ownMovedForMs === null || last.endedForMs === null) return true;
  const { endedForMs } = last;
  const slackMs = endedForMs < watchMs ? 0 : watchMs;
  return ownMovedForMs >= endedForMs + slackMs;
}
