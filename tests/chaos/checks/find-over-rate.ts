import type { Evidence } from '../evidence/evidence.ts';
import type { Violation } from './violation.ts';

/** How fast an account was called. */
export interface RateFound {
  accountId: number;
  what: 'orders' | 'smart orders';
  limit: number;
  /** The most calls in any rolling second, by when they were read. */
  most: number;
  /** The most that must have left within a second, however late each of them was read. */
  surely: number;
}

interface Departure {
  orderId: string;
  accountId: number;
  isSmart: boolean;
  at: number;
  notBefore: number;
}

const SECOND_MS = 1000;

/** The rates of every account, as its calls left for OpenAlgo: on the way they may bunch. */
export function measureRates(evidence: Evidence): RateFound[] {
  return [...departures(evidence)].flatMap(([accountId, all]) => {
    const smart = all.filter(({ isSmart }) => isSmart);
    const { ordersPerSecond, smartOrdersPerSecond } = evidence.limits;
    return [
      { accountId, what: 'orders' as const, limit: ordersPerSecond, ...mostOf(all) },
      { accountId, what: 'smart orders' as const, limit: smartOrdersPerSecond, ...mostOf(smart) },
    ];
  });
}

/** Over rate: surely more calls of an account in some rolling second than its limit allows. */
export function findOverRate(evidence: Evidence): Violation[] {
  const all = departures(evidence);
  return measureRates(evidence).flatMap(({ accountId, what, limit, surely }) => {
    if (surely <= limit) return [];
    const own = (all.get(accountId) ?? []).filter(({ isSmart }) => what === 'orders' || isSmart);
    const first = own.findIndex((_call, index) => within(own, index, limit + 1));
    const orders = own.slice(first, first + surely).map(({ orderId }) => orderId);
    const text = `${surely} ${what} of account ${accountId} in a second, ${limit} are allowed`;
    return [{ kind: 'over_rate', text, orders }];
  });
}

function departures({ orders, witnessed }: Evidence): Map<number, Departure[]> {
  const known = new Map(orders.map((order) => [order.id, order]));
  const all = witnessed.flatMap(({ orderId, at, notBefore }) => {
    const order = known.get(orderId);
    if (order === undefined) return [];
    return [
      { orderId, at, notBefore, accountId: order.accountId, isSmart: order.lane === 'smart' },
    ];
  });
  all.sort((one, other) => one.at - other.at);
  return Map.groupBy(all, ({ accountId }) => accountId);
}

function mostOf(calls: readonly Departure[]): { most: number; surely: number } {
  let most = 0;
  let surely = 0;
  for (const [index, { at }] of calls.entries()) {
    const end = at + SECOND_MS;
    let count = 0;
    while ((calls[index + count]?.at ?? Number.POSITIVE_INFINITY) < end) count += 1;
    most = Math.max(most, count);
    while (within(calls, index, surely + 1)) surely += 1;
  }
  return { most, surely };
}

/** Whether so many calls from `index` on surely left within a second of each other. */
function within(calls: readonly Departure[], index: number, count: number): boolean {
  const first = calls[index];
  const last = calls[index + count - 1];
  return first !== undefined && last !== undefined && last.at - first.notBefore < SECOND_MS;
}
