import type { AccountId, OrderId } from '@orderlane/domain/ids';
import { type Lane, laneName } from '@orderlane/domain/lane';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { AccountLimits } from './account-gate.ts';
import { type BusyLanes, createBusyLanes } from './busy-lanes.ts';
import { type CountServers, readLaneServers } from './lane-servers.ts';
import { jobOptions, openQueues } from './open-queues.ts';

/** What a lane needs to know of a queued order: never its content. */
export interface JobToAdd {
  id: OrderId;
  accountId: AccountId;
  lane: Lane;
  priority: number;
}

export interface Lanes {
  /** Adds each order's job to its lane; one that is there already stays as it is. */
  add(orders: readonly JobToAdd[]): Promise<void>;
  /** Takes jobs of orders that ended without a call off their lanes, where nobody has picked them up. */
  remove(orders: readonly Omit<JobToAdd, 'priority'>[]): Promise<void>;
  /** Jobs that wait on a lane for somebody to take them. */
  waiting(lane: Lane, accountId: AccountId): Promise<number>;
  /** How many processes serve each lane, or would as soon as something is added, in one look. */
  servers(): Promise<CountServers>;
  /** Whether any process serves the lane, or would as soon as something is added. */
  isServed(lane: Lane, accountId: AccountId): Promise<boolean>;
  /** Which lanes have to be served, and by whom. */
  readonly busy: BusyLanes;
  /** Writes the lanes' own pace, which lives in Redis only: before they are served, and again and again. */
  writeLimits(accountId: AccountId, limits: AccountLimits): Promise<void>;
  /** The queues themselves, for what shows them. */
  queue(lane: Lane, accountId: AccountId): Queue;
  close(): Promise<void>;
}

/** The job id of an order: BullMQ refuses ids that are plain numbers or hold a colon. */
export function jobIdOf(orderId: OrderId): string {
  return `o${orderId}`;
}

function byLane<T extends { accountId: AccountId; lane: Lane }>(orders: readonly T[]): T[][] {
  return [...Map.groupBy(orders, (order) => laneName(order.lane, order.accountId)).values()];
}

/** The lanes of all accounts over one connection. Jobs are wake-up calls: only the order's row decides. */
export function createLanes(deps: { redis: Redis; prefix: string }): Lanes {
  const { queue, close } = openQueues(deps);
  const busy = createBusyLanes(deps);
  const servers = async () => await readLaneServers({ ...deps, busyLanes: busy });
  return {
    queue,
    close,
    servers,
    busy,
    async add(orders) {
      if (orders.length === 0) return;
      // First, on the same connection: no job is ever on a lane that nobody knows to be busy.
      const touched = busy.touch(orders.map((order) => laneName(order.lane, order.accountId)));
      await Promise.all([
        touched,
        ...byLane(orders).map(async (group) => {
          const [first] = group;
          if (first === undefined) return;
          await queue(first.lane, first.accountId).addBulk(
            group.map(({ id, priority }) => ({
              name: 'order',
              data: {},
              opts: { ...jobOptions, jobId: jobIdOf(id), priority },
            })),
          );
        }),
      ]);
    },
    async remove(orders) {
      for (const { id, lane, accountId } of orders) {
        await queue(lane, accountId).remove(jobIdOf(id));
      }
    },
    async waiting(lane, accountId) {
      return await queue(lane, accountId).getJobCountByTypes('prioritized', 'waiting');
    },
    async isServed(lane, accountId) {
      return (await servers())(lane, accountId) > 0;
    },
    async writeLimits(accountId, limits) {
      await queue('regular', accountId).setGlobalRateLimit(1, limits.gapMs);
      await queue('smart', accountId).setGlobalRateLimit(1, limits.smartGapMs);
    },
  };
}
