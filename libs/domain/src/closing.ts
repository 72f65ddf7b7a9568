import { isStillUnfit, lastOf, sendAgain } from './closing-tries.ts';
import type { OrderId } from './ids.ts';
import { leftToClose } from './left-to-close.ts';
import type { OrderStatus } from './order.ts';
import type { Action } from './order-plan.ts';
import type { TradingModeSeen } from './outcome.ts';
import type { RefusalCode } from './refusal.ts';
import type { PositionScope } from './strategy.ts';

/** One order of a closing, as it stands. Durations are the database's (ms). */
export interface ClosingOrder {
  id: OrderId;
  status: OrderStatus;
  /** Its number at the broker, as far as it is known. */
  brokerOrderId: string | null;
  action: Action;
  code: string | null;
  reason: string | null;
  /** Whether some attempt was made to send it. */
  wasSent: boolean;
  /** Shares that it may still fill; of a smart order nobody here knows. */
  remaining: number;
  /** Shares that it filled, as far as the trade book has shown. */
  filled: number;
  /** The exchange takes only so much in one order: it may have less than was to be closed. */
  isLimited: boolean;
  /** Since OpenAlgo accepted it; null: it did not. */
  acceptedForMs: number | null;
  /** Since its cancellation was asked for; null: it was not. */
  cancelAskedForMs: number | null;
  /** Since it became final; null: it is not. */
  endedForMs: number | null;
}

/** A closing with all that its next step depends on. */
export interface ClosingFacts {
  scope: PositionScope;
  /** The signed own position that is to be left. */
  target: number;
  /** The mode in which the position was built; null: not known when the closing was opened. */
  mode: TradingModeSeen | null;
  accountMode: TradingModeSeen;
  /** The strategy's own position in that mode (signed shares). */
  own: number;
  /** Since that moved; null: it never did. */
  ownMovedForMs: number | null;
  /** Orders of the strategy there, not of this closing, that may still fill. */
  othersInFlight: number;
  /** Oldest first. */
  orders: readonly ClosingOrder[];
  openForMs: number;
  /** Until the session's close; below 0 after it. */
  closesInMs: number;
  /** Since the session of its exchange opened; null: none is open. */
  sessionForMs: number | null;
  /** The closing auction is on: an order rests there until it is matched. */
  isInAuction: boolean;
}

/** Every waiting time is configuration; tests divide them (ms). */
export interface ClosingTimes {
  /** An accepted order that rests longer is cancelled and sent again. */
  restMs: number;
  /** Between tries once a person was told. */
  retryMs: number;
  /** Between the two reads that prove a position flat, at the least. */
  proofGapMs: number;
  /** Without proof for this long a person is told. */
  unprovedMs: number;
  /** Before a look is taken again where nothing is known. */
  lookAgainMs: number;
  /** Before something that nobody announces is looked at again. */
  watchMs: number;
}

/** Something that a person has to know about the closing; each is told once. */
export interface Tell {
  code: RefusalCode;
  text: string;
}

export type ClosingStep =
  | { kind: 'wait'; ms: number; tell: Tell[] }
  | { kind: 'cancel'; orderId: OrderId; tell: Tell[] }
  /** Shares to close by a regular order; null: a smart order to 0. */
  | { kind: 'send'; quantity: number | null; tell: Tell[] }
  /** The books have to be read: `judgeLook` says what they show. */
  | { kind: 'look'; tell: Tell[] }
  | { kind: 'fail'; text: string };

/** What there is to do about one order. */
export type OrderStep = Extract<ClosingStep, { kind: 'wait' | 'cancel' | 'send' }>;

/**
 * The next step of a closing: small and repeatable, decided from rows alone, so that whoever does it
 * may die before or after it.
 */
export function nextClosingStep(facts: ClosingFacts, times: ClosingTimes): ClosingStep {
  if (isOver(facts, times)) return { kind: 'fail', text: failText(facts) };
  if (facts.mode !== null && facts.mode !== facts.accountMode) return modeChanged(facts, times);
  return (
    stepOfOpenOrders(facts, times) ??
    stepOfRest(facts, times) ?? { kind: 'look', tell: unproved(facts, times) }
  );
}

/**
 * After the close nothing is sent, but what filled there is in the books only seconds later: they are read
 * for so many watches, 30 s, and until what rests in the closing auction is matched.
 */
const watchesAfterClose = 6;

function isOver({ closesInMs, isInAuction }: ClosingFacts, { watchMs }: ClosingTimes): boolean {
  return closesInMs <= -watchesAfterClose * watchMs && !isInAuction;
}

function failText(facts: ClosingFacts): string {
  const left = leftToClose(facts);
  const text = left > 0 ? `${left} are still open` : 'it could not be shown that nothing is open';
  const resting = facts.orders.flatMap(({ status, brokerOrderId }) =>
    status === 'accepted' && brokerOrderId !== null ? [brokerOrderId] : [],
  );
  if (resting.length === 0) return text;
  const [order, it] = resting.length > 1 ? ['orders', 'them'] : ['order', 'it'];
  return `${text}; ${order} ${resting.join(', ')} may still rest at the broker: cancel ${it} there before you close by hand, or it is closed twice`;
}

function modeChanged({ mode, accountMode }: ClosingFacts, { watchMs }: ClosingTimes): ClosingStep {
  const text = `the position was built in mode ${mode}, OpenAlgo is in mode ${accountMode} now: nothing is sent`;
  return { kind: 'wait', ms: watchMs, tell: [{ code: 'mode_changed', text }] };
}

/** While an order of the closing may still fill, no other is sent for the same quantity. */
function stepOfOpenOrders(facts: ClosingFacts, times: ClosingTimes): ClosingStep | undefined {
  const open = facts.orders.flatMap((order) => {
    const step = stepOfOpenOrder(facts, order, times);
    return step === undefined ? [] : [{ order, step }];
  });
  // What a smart order fills nobody here knows, and one that nothing limits takes all there is.
  const areParts = facts.scope === 'strategy' && open.every(({ order }) => order.isLimited);
  if (!areParts || open.length === 0) return open[0]?.step;
  const taken = open.reduce((sum, { order }) => sum + order.remaining, 0);
  return together([...stepBeside(facts, taken, times), ...open.map(({ step }) => step)]);
}

/**
 * What a freeze quantity has left over: the next part goes out beside those on their way. One of which it is
 * not known what it fills takes all of its quantity, for the claim as well.
 */
function stepBeside(facts: ClosingFacts, taken: number, times: ClosingTimes): OrderStep[] {
  const uncovered = leftToClose(facts) - taken;
  const isUnfit = isStillUnfit(lastOf(facts.orders), facts, times);
  return uncovered > 0 && !isUnfit ? [sendAgain(facts, times, uncovered)] : [];
}

/** Each part is stepped by itself: the first that has something to do, else whose time comes first. */
function together(steps: readonly OrderStep[]): OrderStep {
  const tell = [...new Map(steps.flatMap((step) => step.tell).map((each) => [each.code, each]))];
  const told = tell.map(([, each]) => each);
  const active = steps.find(({ kind }) => kind !== 'wait');
  if (active !== undefined) return { ...active, tell: told };
  const ms = Math.min(...steps.flatMap((step) => (step.kind === 'wait' ? [step.ms] : [])));
  return { kind: 'wait', ms, tell: told };
}

function stepOfOpenOrder(
  facts: ClosingFacts,
  order: ClosingOrder,
  times: ClosingTimes,
): OrderStep | undefined {
  switch (order.status) {
    case 'queued':
      // OpenAlgo may say for long that there is nothing to do, while we know better.
      return {
        kind: 'wait',
        ms: times.watchMs,
        tell: order.wasSent ? unproved(facts, times) : [],
      };
    case 'submitting':
      return { kind: 'wait', ms: times.watchMs, tell: [] };
    case 'indeterminate':
      return wait(
        times,
        'exit_unknown',
        'it is not known whether the closing order reached the broker; no other is sent for it',
      );
    case 'awaiting_approval':
      return wait(
        times,
        'awaiting_approval',
        "the closing order waits for approval in OpenAlgo's Action Center",
      );
    case 'accepted':
      return stepOfResting(facts, order, times);
    case 'filled':
    case 'cancelled':
    case 'rejected':
    case 'no_action':
    case 'absent':
    case 'expired':
    case 'superseded':
      return undefined;
  }
}

function wait({ watchMs }: ClosingTimes, code: RefusalCode, text: string): OrderStep {
  return { kind: 'wait', ms: watchMs, tell: [{ code, text }] };
}

/** Where a broker refuses to cancel, or no book says what became of it, a person has to hear of it. */
function stepOfResting(facts: ClosingFacts, order: ClosingOrder, times: ClosingTimes): OrderStep {
  const { restMs, watchMs } = times;
  const { isInAuction, sessionForMs, closesInMs } = facts;
  // It rests there by rule. Cancelled and sent again all evening, the last one would be nobody's.
  if (isInAuction || sessionForMs === null || closesInMs <= 0)
    return { kind: 'wait', ms: watchMs, tell: [] };
  const tell = unproved(facts, times);
  const leftMs = restMs - Math.min(order.acceptedForMs ?? 0, sessionForMs);
  if (leftMs > 0) return { kind: 'wait', ms: leftMs, tell };
  const wasAsked = order.cancelAskedForMs !== null && order.cancelAskedForMs < restMs;
  if (wasAsked) return { kind: 'wait', ms: watchMs, tell };
  return { kind: 'cancel', orderId: order.id, tell };
}

/** With none of its orders open: send the rest, or wait for what older orders may still bring. */
function stepOfRest(facts: ClosingFacts, times: ClosingTimes): ClosingStep | undefined {
  const last = lastOf(facts.orders);
  const left = leftToClose(facts);
  const isKnown = last?.status === 'no_action' || isStillUnfit(last, facts, times);
  if (facts.scope === 'strategy' && left > 0 && !isKnown) return sendAgain(facts, times, left);
  if (facts.scope === 'account' && last === undefined) return sendAgain(facts, times, null);
  if (facts.othersInFlight > 0) {
    return { kind: 'wait', ms: times.watchMs, tell: unproved(facts, times) };
  }
  return undefined;
}

function unproved({ openForMs }: ClosingFacts, { unprovedMs }: ClosingTimes): Tell[] {
  if (openForMs < unprovedMs) return [];
  return [{ code: 'exit_unverified', text: 'nothing has shown yet that the position is closed' }];
}
