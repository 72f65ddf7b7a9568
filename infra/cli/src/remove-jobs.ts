import { once } from 'node:events';
import type { CancelledEntry } from '@orderlane/db/braked-orders';
import type { Cli } from './cli.ts';
import { readRedisConfig } from './config.ts';

const patienceMs = 2000;

/**
 * Takes the dead jobs of cancelled orders off their lanes, if Redis can be reached: each would cost
 * its lane a turn, and no more than that.
 */
export async function removeJobs(cli: Cli, orders: readonly CancelledEntry[]): Promise<void> {
  if (orders.length === 0) return;
  try {
    const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = readRedisConfig(cli.environment);
    if (redisUrl === undefined) return;
    const { closeRedis, openRedis } = await import('@orderlane/queue/connection');
    const { createLanes } = await import('@orderlane/queue/lanes');
    const redis = openRedis({ redisUrl, prefix }, () => undefined);
    try {
      await once(redis, 'ready', { signal: AbortSignal.timeout(patienceMs) });
      await createLanes({ redis, prefix }).remove(orders);
    } finally {
      closeRedis(redis);
    }
  } catch {
    // Everything that counts is in Postgres already.
  }
}
