import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import { createLanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';

/** A look at the lanes from outside. */
export interface LaneJobs extends AsyncDisposable {
  /** Ids of the jobs that nobody has taken yet. */
  waiting(lane: Lane, accountId: AccountId): Promise<string[]>;
  /** Redis itself, to be wiped. */
  readonly redis: Redis;
}

export async function openLaneJobs(place: {
  redisUrl: string;
  redisPrefix: string;
}): Promise<LaneJobs> {
  const redis = new Redis(place.redisUrl, { lazyConnect: true, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  await redis.connect();
  const lanes = createLanes({ redis, prefix: place.redisPrefix });
  return {
    redis,
    async waiting(lane, accountId) {
      const jobs = await lanes.queue(lane, accountId).getJobs(['waiting', 'prioritized'], 0, -1);
      return jobs.map(({ id }) => id ?? '');
    },
    async [Symbol.asyncDispose]() {
      await lanes.close();
      redis.disconnect();
    },
  };
}
