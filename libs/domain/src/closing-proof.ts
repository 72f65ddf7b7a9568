import type { ClosingFacts, ClosingStep, ClosingTimes } from './closing.ts';
import { hasFailed, hasFilled, lastOf, sendAgain } from './closing-tries.ts';
import type { Product } from './instrument.ts';
import { keptOf, leftToClose } from './left-to-close.ts';

/** What the account's books show of the instrument, as far as they can be believed. */
export interface Look {
  product: Product;
  /**
   * The account's net quantity (signed shares): of its row, or 0 where a book that shows another row
   * has none of it; null: an empty or unclean book, which proves nothing.
   */
  shown: number | null;
  /** The position book is empty, and nothing known of today contradicts that. */
  isQuietlyEmpty: boolean;
  /** The net of the day's trades in the instrument; null: unread, or no trade of it. */
  traded: number | null;
  /** What other strategies own there (signed shares). */
  othersOwn: number;
  /** Others trade on the account, by hand or by other programs. */
  tradesElsewhere: boolean;
  /** An earlier look, so long ago (ms), showed this quantity, and nothing has moved since; null: none did. */
  flatBefore: { agoMs: number; quantity: number } | null;
}

export type LookVerdict =
  /** Nothing is open, and two looks agree. */
  | { kind: 'verified' }
  /** Nothing was ever known to be open, and OpenAlgo said so too. */
  | { kind: 'nothing_open' }
  /** The account holds less than the strategy's orders filled: somebody else closed it. */
  | { kind: 'closed_outside'; own: number }
  /** What it shows is believed when a second look, later, shows the same. */
  | { kind: 'seen_once'; quantity: number; againInMs: number }
  | { kind: 'unknown' }
  /** It is open: another order has to be sent. */
  | { kind: 'open'; step: ClosingStep };

/** So many gaps of the proof lie between two looks that show it open after a fill: a book lags for seconds. */
const openGaps = 2;

/**
 * What a look at the books says about a closing none of whose orders is open. Flat is believed when two
 * looks, at least `proofGapMs` apart, show the same: an empty book, and 0 where there is no row,
 * prove nothing, because many adapters answer so when the broker does not (openalgo-contract 3).
 */
export function judgeLook(facts: ClosingFacts, look: Look, times: ClosingTimes): LookVerdict {
  const left = leftToClose(facts);
  if (facts.scope === 'account') return judgeAccount(facts, look, times);
  return left > 0 ? judgeMissing(facts, look, times) : judgeOwn(facts, look, times);
}

function judgeAccount(facts: ClosingFacts, look: Look, times: ClosingTimes): LookVerdict {
  if (look.shown === 0 || (look.shown === null && look.traded === 0)) {
    return twice(look, times, { quantity: 0, verdict: flatVerdict(facts, look) });
  }
  return look.shown === null
    ? judgeUnread(facts, look, times)
    : judgeOpen(facts, { ...look, shown: look.shown }, times);
}

/**
 * A broker's position book may lag behind its trades: after a fill, another smart order would be computed from
 * the same stale row, and sell once more what is sold. Then it is open when two looks show it.
 */
function judgeOpen(
  facts: ClosingFacts,
  look: Look & { shown: number },
  times: ClosingTimes,
): LookVerdict {
  const open: LookVerdict = { kind: 'open', step: sendAgain(facts, times, null) };
  if (!facts.orders.some(hasFilled)) return open;
  const gap = { ...times, proofGapMs: openGapMs(facts, times) };
  return twice(look, gap, { quantity: look.shown, verdict: open });
}

/** Half of the time until the session's close at the most: what is truly open is sent before it (ms). */
function openGapMs({ closesInMs }: ClosingFacts, { proofGapMs }: ClosingTimes): number {
  return Math.min(openGaps * proofGapMs, closesInMs / 2);
}

function judgeUnread(facts: ClosingFacts, look: Look, times: ClosingTimes): LookVerdict {
  const last = lastOf(facts.orders);
  if (last === undefined) return { kind: 'unknown' };
  if (look.isQuietlyEmpty && facts.own === 0 && last.status === 'no_action') {
    return twice(look, times, { quantity: 0, verdict: { kind: 'nothing_open' } });
  }
  // Nothing is known. A smart order to 0 that is sent again can neither open nor turn anything, once the book
  // from which OpenAlgo computes it has had its time to show what filled.
  const restMs = facts.orders.some(hasFilled) ? openGapMs(facts, times) : 0;
  return hasFailed(last) && (last.endedForMs ?? 0) >= restMs
    ? { kind: 'open', step: sendAgain(facts, times, null) }
    : { kind: 'unknown' };
}

/** Shares of an earlier day are in no position book: nothing is said of those. */
function flatVerdict({ orders }: ClosingFacts, { product }: Look): LookVerdict {
  const isSeen = product !== 'CNC' || orders.some(({ status }) => status === 'filled');
  return { kind: isSeen ? 'verified' : 'nothing_open' };
}

/** The strategy owns more than its last order could take: the book has to show less, twice. */
function judgeMissing(facts: ClosingFacts, look: Look, times: ClosingTimes): LookVerdict {
  if (look.product === 'CNC') return judgeDelivery(facts, times);
  if (look.shown === null) return { kind: 'unknown' };
  const side = Math.sign(facts.own);
  const covered = coveredOf(facts, { ...look, shown: look.shown });
  const kept = Math.abs(keptOf(facts));
  if (covered > kept) {
    // The claim found nothing that it could take a moment ago: it is not asked at every look.
    const isTooSoon = (lastOf(facts.orders)?.endedForMs ?? times.watchMs) < times.watchMs;
    if (isTooSoon) return { kind: 'unknown' };
    return { kind: 'open', step: sendAgain(facts, times, covered - kept) };
  }
  return twice(look, times, {
    quantity: look.shown,
    verdict: { kind: 'closed_outside', own: covered * side },
  });
}

/**
 * How much of the own position the account still holds (shares, unsigned). Where others trade there, a book on
 * the other side does not say that it was closed: their shares net against ours. As `quantity_now` has it.
 */
function coveredOf({ own }: ClosingFacts, look: Look & { shown: number }): number {
  const shown = look.shown * Math.sign(own);
  if (shown < 0 && look.tradesElsewhere) return Math.abs(own);
  return Math.max(0, Math.min(shown, Math.abs(own)));
}

/** This book says nothing of what may be sold; the claim is asked again, in its time, and reads the holdings. */
function judgeDelivery(facts: ClosingFacts, times: ClosingTimes): LookVerdict {
  const endedForMs = lastOf(facts.orders)?.endedForMs ?? 0;
  if (endedForMs < times.retryMs) return { kind: 'unknown' };
  return { kind: 'open', step: sendAgain(facts, times, leftToClose(facts)) };
}

/** Our own trades cover it; the account's book must not contradict that. */
function judgeOwn(facts: ClosingFacts, look: Look, times: ClosingTimes): LookVerdict {
  if (look.shown === null) {
    const isNetted = look.traded === 0 && facts.target === 0;
    return isNetted
      ? twice(look, times, { quantity: 0, verdict: { kind: 'verified' } })
      : { kind: 'unknown' };
  }
  const isOurs = look.shown === look.othersOwn + facts.own;
  if (!isOurs && !look.tradesElsewhere && look.product !== 'CNC') return { kind: 'unknown' };
  return twice(look, times, { quantity: look.shown, verdict: { kind: 'verified' } });
}

function twice(
  { flatBefore }: Look,
  { proofGapMs }: ClosingTimes,
  found: { quantity: number; verdict: LookVerdict },
): LookVerdict {
  const { quantity, verdict } = found;
  if (flatBefore === null || flatBefore.quantity !== quantity) {
    return { kind: 'seen_once', quantity, againInMs: proofGapMs };
  }
  const againInMs = proofGapMs - flatBefore.agoMs;
  return againInMs > 0 ? { kind: 'seen_once', quantity, againInMs } : verdict;
}
