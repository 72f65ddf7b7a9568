import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { closeRedis, openWorkerRedis, type RedisPlace, workerConnection } from './connection.ts';

const tickName = 'tick';

export interface Tick {
  /** Writes the job scheduler again: a wiped Redis never ticks by itself. */
  arm(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Calls `onTick` once a minute of Asia/Kolkata, in one of the schedulers that share this Redis.
 * @param onTick must itself ask Postgres what is due: a tick may be late, doubled or missing.
 */
export function openTick(
  place: RedisPlace,
  handlers: { onTick(): Promise<void>; onError(error: Error): void },
): Tick {
  const redis = openWorkerRedis(place, handlers.onError);
  const options = { prefix: place.prefix, skipVersionCheck: true };
  const queue = new Queue(tickName, { ...options, connection: redis });
  const worker = new Worker(tickName, async () => await handlers.onTick(), {
    ...options,
    connection: workerConnection(place),
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  queue.on('error', handlers.onError);
  worker.on('error', handlers.onError);
  worker.on('failed', (_job, error) => {
    handlers.onError(error);
  });
  return {
    async arm() {
      await queue.upsertJobScheduler(
        'square-off-tick',
        { pattern: '* * * * *', tz: 'Asia/Kolkata' },
        { name: 'tick', opts: { removeOnComplete: true, removeOnFail: true } },
      );
    },
    async close() {
      // Without Redis there is nothing to say goodbye to, and waiting for its answer would never end.
      await worker.close(redis.status !== 'ready');
      await queue.close();
      closeRedis(redis);
    },
  };
}

/** The tick's queue over a connection that is there already, for what shows it: it writes nothing. */
export function createTickQueue(deps: { redis: Redis; prefix: string }): Queue {
  const queue = new Queue(tickName, {
    connection: deps.redis,
    prefix: deps.prefix,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    skipMetasUpdate: true,
  });
  // The connection's owner is told of its errors already.
  queue.on('error', () => undefined);
  return queue;
}
