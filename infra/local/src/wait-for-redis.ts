import { Redis } from 'ioredis';
import { poll } from './poll.ts';

export interface RedisPatience {
  withinMs: number;
  /** Ends the wait early by throwing. */
  check?: () => void;
}

/**
 * Waits until the server answers PING; while it loads its file it answers with an error.
 * @throws when it does not in time, or when `check` throws
 */
export async function waitForRedis(redisUrl: string, patience: RedisPatience): Promise<void> {
  await poll(async () => await answers(redisUrl), { what: 'Redis', ...patience });
}

async function answers(redisUrl: string): Promise<true> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 2_000,
  });
  // Without a listener a refused connection would be an uncaught error.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } finally {
    redis.disconnect();
  }
}
