import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import type { Figure } from '../scenario.ts';
import { percentile } from './percentile.ts';

/**
 * What one question between two processes of this machine takes at the least, in a row and with a rest before
 * each: an order's way has nine of them, each after a rest.
 */
export async function measureRedisAnswer(
  redisUrl: string,
  restMs: number,
): Promise<readonly Figure[]> {
  const redis = openRedis({ redisUrl, prefix: 'bench' }, () => undefined);
  const ask = async (count: number, apartMs: number) => {
    const tookMs: number[] = [];
    for (let index = 0; index < count; index++) {
      if (apartMs > 0) await sleep(apartMs);
      const before = performance.now();
      await redis.ping();
      tookMs.push(performance.now() - before);
    }
    return percentile(tookMs, 0.5);
  };
  await ask(1, 0);
  const figures: Figure[] = [
    { name: 'a ping of Redis, in a row, median', value: await ask(200, 0), unit: 'ms' },
    {
      name: `a ping of Redis, ${restMs} ms apart, median`,
      value: await ask(20, restMs),
      unit: 'ms',
    },
  ];
  closeRedis(redis);
  return figures;
}
