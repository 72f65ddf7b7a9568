import type { ClosingFacts, ClosingOrder, ClosingTimes } from './closing.ts';
import { brandIds } from './ids.ts';

export const times: ClosingTimes = {
  restMs: 10_000,
  retryMs: 20_000,
  proofGapMs: 1500,
  unprovedMs: 60_000,
  lookAgainMs: 2000,
  watchMs: 5000,
};

let nr = 0;
/** Of a made-up closing. */
export function order(
  status: ClosingOrder['status'],
  values: Partial<ClosingOrder> = {},
): ClosingOrder {
  nr += 1;
  return {
    id: brandIds.order(`00000000-0000-7000-8000-${String(nr).padStart(12, '0')}`),
    status,
    brokerOrderId: null,
    code: null,
    reason: null,
    action: 'SELL',
    wasSent: true,
    remaining: 0,
    filled: 0,
    isLimited: false,
    acceptedForMs: null,
    cancelAskedForMs: null,
    endedForMs: null,
    ...values,
  };
}

export const facts = (values: Partial<ClosingFacts> = {}): ClosingFacts => ({
  scope: 'strategy',
  target: 0,
  mode: 'live',
  accountMode: 'live',
  own: 10,
  ownMovedForMs: null,
  othersInFlight: 0,
  orders: [],
  openForMs: 0,
  closesInMs: 3_600_000,
  sessionForMs: 3_600_000,
  isInAuction: false,
  ...values,
});
