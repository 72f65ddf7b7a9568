import type { Evidence, OrderFact } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';
import { waitsForAnalyzer } from './waits-for-analyzer.ts';

/** Ends that need a call: without one the order was never given to anybody. */
const calledEnds = new Set(['accepted', 'filled', 'rejected', 'no_action', 'awaiting_approval']);

/** Ends that say for themselves why there was none, or that a person is asked. */
const toldEnds = new Set(['expired', 'superseded', 'indeterminate']);

/**
 * Lost: answered with 200, and at the end neither called nor expired, superseded, cancelled with a
 * code, indeterminate, absent with its alert, or an exit of what `waitsForAnalyzer`.
 */
export function findLost(evidence: Evidence): Violation[] {
  const orders = new Map(evidence.orders.map((order) => [order.id, order]));
  const promised = evidence.wishes.flatMap(({ nonce, postings }) =>
    postings.flatMap((posting) =>
      posting.status === 200 ? posting.orders.map((id) => ({ id, nonce })) : [],
    ),
  );
  const nonces = new Map(promised.map(({ id, nonce }) => [id, nonce]));
  // What was stored without an answer is due as well: its sender may have been told by a resend.
  const ids = new Set([...nonces.keys(), ...orders.keys()]);
  const known = {
    called: new Set(evidence.calls.map(({ orderId }) => orderId)),
    told: new Set(
      evidence.alerts.flatMap(({ code, orderId }) => (code === 'absent' ? orderId : [])),
    ),
    asked: new Set(evidence.alerts.map(({ orderId }) => orderId)),
    waiting: new Set(evidence.closings.filter(waitsForAnalyzer).map(({ id }) => id)),
  };
  const unasked = evidence.asked.flatMap(({ id, status, isAsked }): Violation[] => {
    const text = `order ${id} was ${status}, and nobody was asked about it`;
    return isAsked ? [] : [{ kind: 'lost', text, orders: [id] }];
  });
  const lost = [...ids].flatMap((id): Violation[] => {
    const order = orders.get(id);
    if (order === undefined) {
      const text = `order ${id} of ${nonces.get(id)} was answered with 200 and is not stored`;
      return [{ kind: 'lost', text, orders: [id] }];
    }
    const why = whyLost(known, order);
    if (why === undefined) return [];
    const text = `order ${id} of ${order.nonce ?? 'nobody'} is ${order.status}${why}`;
    return [{ kind: 'lost', text, orders: [id] }];
  });
  return [...unasked, ...lost];
}

interface Known {
  /** Ids of the orders that OpenAlgo was called for. */
  called: ReadonlySet<string | null>;
  /** Ids of the orders that an alert calls absent. */
  told: ReadonlySet<string | null>;
  /** Ids of the orders that some alert is about. */
  asked: ReadonlySet<string | null>;
  /** Ids of the closings that wait for somebody to turn the analyzer on. */
  waiting: ReadonlySet<string | null>;
}

const saidByPerson = /says that it was not placed$/;

function whyLost(known: Known, order: OrderFact): string | undefined {
  const { id, status, code, brokerOrderId, reason } = order;
  if (toldEnds.has(status)) return undefined;
  // Without a number it was cancelled here: tries that surely sent nothing may have come before.
  if (calledEnds.has(status) || (status === 'cancelled' && brokerOrderId !== null)) {
    return unless(known.called.has(id), ', but OpenAlgo was never called for it');
  }
  if (status === 'cancelled') return unless(code !== null, ' without a code');
  if (status === 'absent') {
    // Who was asked, and said so himself, need not be told.
    const isSaid = saidByPerson.test(reason ?? '') && known.asked.has(id);
    return unless(isSaid || known.told.has(id), ' without an alert');
  }
  const isWaiting = status === 'queued' && known.waiting.has(order.closingId);
  return unless(isWaiting, ' at the end');
}

function unless(isWell: boolean, why: string): string | undefined {
  return isWell ? undefined : why;
}
