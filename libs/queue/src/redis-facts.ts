import type { Redis } from 'ioredis';

/** How a Redis is set up; null: it does not tell (managed ones refuse CONFIG). */
export interface RedisFacts {
  version: string;
  evictionPolicy: string | null;
  appendOnly: string | null;
}

/** @throws when Redis does not answer */
export async function readRedisFacts(redis: Redis): Promise<RedisFacts> {
  const info = await redis.info('server');
  return {
    version: /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown',
    evictionPolicy: await settingOf(redis, 'maxmemory-policy'),
    appendOnly: await settingOf(redis, 'appendonly'),
  };
}

async function settingOf(redis: Redis, name: string): Promise<string | null> {
  const answer = await redis.config('GET', name).catch(() => []);
  const [, value] = answer as string[];
  return value ?? null;
}
