import { Redis } from 'ioredis';

/** Where the queues live. `prefix` keeps several stacks apart on one Redis. */
export interface RedisPlace {
  redisUrl: string;
  prefix: string;
}

const reconnect = (times: number): number => Math.min(50 * times, 1000);

/** For blocking workers: they wait for Redis as long as it takes. */
export function workerConnection(place: RedisPlace) {
  return {
    url: place.redisUrl,
    maxRetriesPerRequest: null,
    retryStrategy: reconnect,
    keepAlive: 10_000,
  };
}

/** A connection for what workers do without blocking: it may be shared by all of them. */
export function openWorkerRedis(place: RedisPlace, onError: (error: Error) => void): Redis {
  const { url, ...connection } = workerConnection(place);
  const redis = new Redis(url, connection);
  redis.on('error', onError);
  return redis;
}

export interface RedisOptions {
  /** A command that is not answered in this time fails (2,000 ms). */
  commandTimeoutMs?: number;
}

/**
 * One connection for short commands that must not hang: without Redis they fail at once and the
 * caller goes on, because Postgres knows what is queued.
 */
export function openRedis(
  place: RedisPlace,
  onError: (error: Error) => void,
  options: RedisOptions = {},
): Redis {
  const redis = new Redis(place.redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2000,
    commandTimeout: options.commandTimeoutMs ?? 2000,
    retryStrategy: reconnect,
    keepAlive: 10_000,
  });
  redis.on('error', onError);
  return redis;
}

/** Ends a connection that may be down: `quit` would wait for an answer that does not come. */
export function closeRedis(redis: Redis): void {
  redis.disconnect();
}
