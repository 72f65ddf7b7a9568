import { poll } from '@orderlane/local/poll';
import { Redis } from 'ioredis';
import { type ChaosFault, during, type FaultParts } from './fault.ts';

type Work = (parts: FaultParts) => Promise<void>;

function outage(name: string, ms: number, work: { breakIt: Work; mend: Work }): ChaosFault {
  return {
    name,
    async run(parts) {
      parts.timeline.add('fault', `${name} begins`);
      const curedAt = await during(parts, {
        ms,
        breakIt: async () => await work.breakIt(parts),
        mend: async () => await work.mend(parts),
      });
      parts.timeline.add('fault', `${name} is over`);
      return curedAt;
    },
  };
}

const startRedis: Work = async ({ ground }) => await ground.redis.start();
const startPostgres: Work = async ({ ground }) => await ground.postgres.start();

const startEmptyRedis: Work = async ({ ground }) => {
  await ground.redis.forget();
  await ground.redis.start();
};

/** Everything is gone while every connection stays. */
const flush: Work = async ({ ground }) => {
  const redis = new Redis(ground.redis.redisUrl);
  await redis.flushall();
  redis.disconnect();
};

const nothing: Work = async () => await Promise.resolve();

export const storeFaults: readonly ChaosFault[] = [
  outage('redis-restart', 3000, {
    breakIt: async ({ ground }) => await ground.redis.stop(),
    mend: startRedis,
  }),
  outage('redis-kill', 3000, {
    breakIt: async ({ ground }) => await ground.redis.kill(),
    mend: startRedis,
  }),
  outage('redis-restart-empty', 5000, {
    breakIt: async ({ ground }) => await ground.redis.kill(),
    mend: startEmptyRedis,
  }),
  outage('redis-flush', 0, { breakIt: flush, mend: nothing }),
  outage('redis-pause', 8000, {
    breakIt: async ({ ground }) => await ground.redis.pause(),
    mend: async ({ ground }) => await ground.redis.resume(),
  }),
  outage('postgres-restart', 8000, {
    breakIt: async ({ ground }) => await ground.postgres.stop(),
    mend: startPostgres,
  }),
  outage('postgres-kill', 5000, {
    breakIt: async ({ ground }) => await ground.postgres.kill(),
    mend: startPostgres,
  }),
  outage('postgres-pause', 12_000, {
    breakIt: async ({ ground }) => await ground.postgres.pause(),
    mend: async ({ ground }) => await ground.postgres.resume(),
  }),
  outage('openalgo-pause', 8000, {
    breakIt: async ({ ground }) => await Promise.resolve(ground.simulator.pause()),
    mend: async ({ ground }) => await Promise.resolve(ground.simulator.resume()),
  }),
  outage('openalgo-outage', 10_000, {
    breakIt: async ({ ground, times }) =>
      void (await ground.simulator.control('POST outage', { ms: 10_000 / times.divide })),
    // It comes back by itself, on a busy machine a moment later than asked.
    mend: async ({ ground }) =>
      void (await poll(async () => await ground.simulator.control('GET health'), {
        what: 'the simulator after its outage',
        withinMs: 30_000,
      })),
  }),
];
