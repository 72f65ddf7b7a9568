import type { AccountId, OrderId } from '@orderlane/domain/ids';
import { type Lane, laneName } from '@orderlane/domain/lane';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { AccountLimits } from './account-gate.ts';

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
  /** How many processes serve the lane, as far as their connections to Redis show. */
  servers(lane: Lane, accountId: AccountId): Promise<number>;
  /** Whether any process serves the lane, as far as its connections to Redis show. */
  isServed(lane: Lane, accountId: AccountId): Promise<boolean>;
  /** Writes the lanes' own pace, which lives in Redis only: at start, on reconnect, before each sweep. */
  writeLimits(accountId: AccountId, limits: AccountLimits): Promise<void>;
  /** The queues themselves, for what shows them. */
  queue(lane: Lane, accountId: AccountId): Queue;
  close(): Promise<void>;
}

// A finished job must leave nothing: while its hash exists, adding its id again does nothing.
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** The job id of an order: BullMQ refuses ids that are plain numbers or hold a colon. */
export function jobIdOf(orderId: OrderId): string {
  return `o${orderId}`;
}

function byLane<T extends { accountId: AccountId; lane: Lane }>(orders: readonly T[]): T[][] {
  return [...Map.groupBy(orders, (order) => laneName(order.lane, order.accountId)).values()];
}

/** One queue for each lane, opened when it is first needed. */
function openQueues(deps: { redis: Redis; prefix: string }) {
  const queues = new Map<string, Queue>();
  const queue = (lane: Lane, accountId: AccountId): Queue => {
    const name = laneName(lane, accountId);
    let found = queues.get(name);
    if (found === undefined) {
      found = new Queue(name, {
        connection: deps.redis,
        prefix: deps.prefix,
        skipVersionCheck: true,
        skipWaitingForReady: true,
        defaultJobOptions: jobOptions,
      });
      // The shared connection reports its own errors; here they would be said once per lane.
      found.on('error', () => undefined);
      queues.set(name, found);
    }
    return found;
  };
  const close = async () =>
    void (await Promise.all([...queues.values()].map(async (each) => await each.close())));
  return { queue, close };
}

/** The lanes of all accounts over one connection. Jobs are wake-up calls: only the order's row decides. */
export function createLanes(deps: { redis: Redis; prefix: string }): Lanes {
  const { queue, close } = openQueues(deps);
  const servers = async (lane: Lane, accountId: AccountId) =>
    await queue(lane, accountId).getWorkersCount();
  return {
    queue,
    close,
    servers,
    async add(orders) {
      await Promise.all(
        byLane(orders).map(async (group) => {
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
      );
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
      return (await servers(lane, accountId)) > 0;
    },
    async writeLimits(accountId, limits) {
      await queue('regular', accountId).setGlobalRateLimit(1, limits.gapMs);
      await queue('smart', accountId).setGlobalRateLimit(1, limits.smartGapMs);
    },
  };
}
