import type { AccountId } from '@orderlane/domain/ids';
import { type Lane, laneName } from '@orderlane/domain/lane';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

// A finished job must leave nothing: while its hash exists, adding its id again does nothing.
export const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** A queue that nobody asked for in this time is let go (ms). */
const keepMs = 300_000;

interface Kept {
  queue: Queue;
  /** Monotonic (ms). */
  askedAtMs: number;
}

export interface Queues {
  /** The lane's queue: ask for it each time, do not keep it. */
  queue(lane: Lane, accountId: AccountId): Queue;
  close(): Promise<void>;
}

/** One queue for each lane, opened when it is first needed, over one connection. */
export function openQueues(deps: { redis: Redis; prefix: string }): Queues {
  const kept = new Map<string, Kept>();
  const letGo = async (isOver: (each: Kept) => boolean) => {
    const over = [...kept].filter(([, each]) => isOver(each));
    for (const [name] of over) kept.delete(name);
    await Promise.all(over.map(async ([, { queue }]) => await queue.close()));
  };
  const letGoOld = async () =>
    await letGo(({ askedAtMs }) => performance.now() - askedAtMs >= keepMs);
  // The connection is not theirs: closing one says nothing to Redis, and cannot fail.
  const timer = setInterval(() => void letGoOld(), keepMs / 5);
  timer.unref();
  return {
    queue(lane, accountId) {
      const name = laneName(lane, accountId);
      const found = kept.get(name) ?? { queue: openQueue(deps, name), askedAtMs: 0 };
      found.askedAtMs = performance.now();
      kept.set(name, found);
      return found.queue;
    },
    async close() {
      clearInterval(timer);
      await letGo(() => true);
    },
  };
}

function openQueue(deps: { redis: Redis; prefix: string }, name: string): Queue {
  const queue = new Queue(name, {
    connection: deps.redis,
    prefix: deps.prefix,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    defaultJobOptions: jobOptions,
  });
  // The shared connection reports its own errors; here they would be said once per lane.
  queue.on('error', () => undefined);
  return queue;
}
