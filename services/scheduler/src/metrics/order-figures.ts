import { lanes } from '@orderlane/domain/lane';
import { type OrderStatus, orderStatuses } from '@orderlane/domain/order';
import { type Figure, figure, type Sample } from './figure.ts';
import type { StoredState } from './read-state.ts';

type ByStatus = 'status' | 'lane';
type ByLane = 'account' | 'lane';

const open = new Set<OrderStatus>([
  'queued',
  'submitting',
  'indeterminate',
  'awaiting_approval',
  'accepted',
]);

/** One for each of the statuses on each kind of lane: 0 where there is no order. */
function byStatus<Row extends { status: OrderStatus; lane: string }>(
  rows: readonly Row[],
  args: { isOpen: boolean; value(row: Row): number },
): Sample<ByStatus>[] {
  return orderStatuses
    .filter((status) => open.has(status) === args.isOpen)
    .flatMap((status) =>
      lanes.map((lane): Sample<ByStatus> => {
        const row = rows.find((each) => each.status === status && each.lane === lane);
        return [{ status, lane }, row === undefined ? 0 : args.value(row)];
      }),
    );
}

/** One for each lane of each account: what is not given is 0. */
function byLane(
  { accounts }: StoredState,
  value: (lane: { accountId: number; lane: string; role: string }) => number,
): Sample<ByLane | 'role'>[] {
  return accounts.flatMap(({ accountId }) =>
    lanes.flatMap((lane) =>
      ['entry', 'exit'].map(
        (role): Sample<ByLane | 'role'> => [
          { account: String(accountId), lane, role },
          value({ accountId, lane, role }),
        ],
      ),
    ),
  );
}

function backlogOf(state: StoredState, at: { accountId: number; lane: string; role: string }) {
  return state.backlogs.find(
    ({ accountId, lane, role }) =>
      accountId === at.accountId && lane === at.lane && role === at.role,
  );
}

/** What stands in the orders and on their lanes. */
export const orderFigures: Figure<StoredState>[] = [
  figure({
    name: 'orderlane_orders',
    help: 'Orders that are not over, by status and lane',
    labels: ['status', 'lane'],
    read: ({ openOrders }: StoredState) =>
      byStatus(openOrders, { isOpen: true, value: ({ orders }) => orders }),
  }),
  figure({
    name: 'orderlane_orders_oldest_seconds',
    help: 'Since the oldest order of a status was claimed, or stored where it was not; 0: there is none',
    labels: ['status', 'lane'],
    read: ({ openOrders }: StoredState) =>
      byStatus(openOrders, { isOpen: true, value: ({ oldestForMs }) => oldestForMs / 1000 }),
  }),
  figure({
    name: 'orderlane_orders_ended',
    help: 'Orders that were stored within the last hour and are over, by status and lane',
    labels: ['status', 'lane'],
    read: ({ endedOrders }: StoredState) =>
      byStatus(endedOrders, { isOpen: false, value: ({ orders }) => orders }),
  }),
  figure({
    name: 'orderlane_lane_backlog_orders',
    help: 'Queued orders of a lane, those included that a brake holds or that wait for another order',
    labels: ['account', 'lane', 'role'],
    read: (state: StoredState) => byLane(state, (at) => backlogOf(state, at)?.queued ?? 0),
  }),
  figure({
    name: 'orderlane_lane_oldest_seconds',
    help: 'How long the oldest order of a lane that could be sent could have been; 0: there is none',
    labels: ['account', 'lane', 'role'],
    read: (state: StoredState) =>
      byLane(state, (at) => (backlogOf(state, at)?.oldestForMs ?? 0) / 1000),
  }),
  figure({
    name: 'orderlane_lane_rate_limit_per_second',
    help: 'Calls of a lane in a second at the most; both lanes together make no more than the regular one may',
    labels: ['account', 'lane'],
    read: ({ limits }: StoredState) =>
      limits.flatMap(({ accountId, limits: { gapMs, smartGapMs } }): Sample<ByLane>[] => [
        [{ account: String(accountId), lane: 'regular' }, 1000 / gapMs],
        [{ account: String(accountId), lane: 'smart' }, 1000 / smartGapMs],
      ]),
  }),
];
