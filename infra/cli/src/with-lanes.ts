import { once } from 'node:events';
import type { Lanes } from '@orderlane/queue/lanes';
import type { Cli } from './cli.ts';
import { readRedisConfig } from './config.ts';

const patienceMs = 2000;

/** Uses the lanes, if Redis can be reached; undefined where it cannot, or answers with a fault. */
export async function withLanes<T>(
  cli: Cli,
  use: (lanes: Lanes) => Promise<T>,
): Promise<T | undefined> {
  try {
    const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = readRedisConfig(cli.environment);
    if (redisUrl === undefined) return undefined;
    const { closeRedis, openRedis } = await import('@orderlane/queue/connection');
    const { createLanes } = await import('@orderlane/queue/lanes');
    const redis = openRedis({ redisUrl, prefix }, () => undefined);
    try {
      await once(redis, 'ready', { signal: AbortSignal.timeout(patienceMs) });
      return await use(createLanes({ redis, prefix }));
    } finally {
      closeRedis(redis);
    }
  } catch {
    // Everything that counts is in Postgres already.
    return undefined;
  }
}
