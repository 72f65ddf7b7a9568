import type { Redis } from 'ioredis';

/** How full Redis is, and whether it forgets. */
export interface RedisLoad {
  usedBytes: number;
  /** 0: no limit. */
  maxBytes: number;
  /** It refuses when it is full, instead of forgetting jobs. */
  isNoEviction: boolean;
  /** Keys that it forgot because it was full, since it started. */
  evictedKeys: number;
}

/** @throws when Redis does not answer */
export async function readRedisLoad(redis: Redis): Promise<RedisLoad> {
  const fields = parseInfo(await redis.info());
  return {
    usedBytes: Number(fields.get('used_memory')),
    maxBytes: Number(fields.get('maxmemory')),
    isNoEviction: fields.get('maxmemory_policy') === 'noeviction',
    evictedKeys: Number(fields.get('evicted_keys')),
  };
}

/** The lines of INFO: `name:value`, with headings between them. */
function parseInfo(info: string): Map<string, string> {
  const pairs = info.split(/\r?\n/).map((line) => line.split(':', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}
