import { busyLanesKey } from './busy-lanes.ts';
import { closeRedis, openWorkerRedis, type RedisPlace } from './connection.ts';

/**
 * Calls `onChange` when an idle lane becomes busy, when an executor stops, and when Redis is there again.
 * What is said while the connection is down is lost: who listens looks by itself now and then.
 */
export function hearBusyLanes(
  place: RedisPlace,
  handlers: { onChange(): void; onError(error: Error): void },
): Disposable {
  const redis = openWorkerRedis(place, handlers.onError);
  redis.on('message', handlers.onChange);
  redis.on('ready', handlers.onChange);
  redis.subscribe(busyLanesKey(place.prefix)).catch(handlers.onError);
  return { [Symbol.dispose]: () => closeRedis(redis) };
}
