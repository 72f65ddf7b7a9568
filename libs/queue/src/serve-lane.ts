import { type AccountId, brandIds, type OrderId } from '@orderlane/domain/ids';
import { type Lane, laneName } from '@orderlane/domain/lane';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';

export interface LaneToServe {
  /** For all that does not block, shared by all lanes; one more is opened for what does. */
  redis: Redis;
  prefix: string;
  accountId: AccountId;
  lane: Lane;
  /** Jobs of this lane that one process works on at a time; a slow broker must not lower the rate. */
  concurrency: number;
  /** A job whose worker does not renew its lock for this long comes again (ms). */
  lockMs: number;
  /** How often locks that ran out are looked for (ms). */
  stalledCheckMs: number;
  execute(orderId: OrderId): Promise<void>;
  onError(error: Error): void;
}

export interface ServedLane {
  /** Jobs that this process works on now. */
  active(): number;
  /** Monotonic, when this process last took a job, or began to serve the lane (ms). */
  lastTakenAtMs(): number;
  /** Takes no new job and waits for those under way. */
  close(): Promise<void>;
}

/**
 * Serves one lane: for each job, which is only a wake-up call, `execute` looks at the order's row.
 * BullMQ delivers at least once; after a crash the job comes again by itself.
 */
export function serveLane(lane: LaneToServe): ServedLane {
  let active = 0;
  let lastTakenAtMs = performance.now();
  const worker = new Worker(
    laneName(lane.lane, lane.accountId),
    async (job) => {
      active += 1;
      lastTakenAtMs = performance.now();
      try {
        await lane.execute(brandIds.order((job.id ?? '').slice(1)));
      } finally {
        active -= 1;
      }
    },
    {
      connection: lane.redis,
      prefix: lane.prefix,
      concurrency: lane.concurrency,
      lockDuration: lane.lockMs,
      stalledInterval: lane.stalledCheckMs,
      // However often its workers die, an order's job is never given up: the row decides.
      maxStalledCount: 1_000_000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      skipVersionCheck: true,
    },
  );
  worker.on('error', lane.onError);
  worker.on('failed', (_job, error) => {
    lane.onError(error);
  });
  return {
    active: () => active,
    lastTakenAtMs: () => lastTakenAtMs,
    close: async () => await worker.close(),
  };
}
