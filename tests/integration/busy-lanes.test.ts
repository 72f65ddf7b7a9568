import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { brandIds } from '@orderlane/domain/ids';
import { busyLanesKey } from '@orderlane/queue/busy-lanes';
import { hearBusyLanes } from '@orderlane/queue/hear-busy-lanes';
import { createLanes, type Lanes } from '@orderlane/queue/lanes';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let redis: Redis;
let lanes: Lanes;

beforeEach(async () => {
  parts = await freshParts();
  redis = new Redis(parts.redisUrl);
  await once(redis, 'ready');
  lanes = createLanes({ redis, prefix: parts.redisPrefix });
});
afterEach(async () => {
  await lanes.close();
  redis.disconnect();
  await parts.dispose();
});

const accountId = brandIds.account(7);
const regular = { lane: 'regular', accountId } as const;
const look = async (keepMs = 60_000, executor = 'a') => await lanes.busy.look({ executor, keepMs });
const busy = async (keepMs?: number) => (await look(keepMs)).lanes;
const job = () => ({ ...regular, id: brandIds.order(randomUUID()), priority: 10 });
const key = (name: string) => `${parts.redisPrefix}:${name}`;

describe('a lane', () => {
  it('is busy when something is added, until it was idle for long enough', async () => {
    expect(await busy()).toEqual([]);
    const added = job();
    await lanes.add([added]);
    await lanes.remove([added]);
    expect(await busy()).toEqual([regular]);
    await sleep(20);
    expect(await busy(10)).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['waits', async () => await lanes.add([job()])],
    ['is worked on', async () => await redis.lpush(key('regular.7:active'), 'o1')],
    ['is put off', async () => await redis.zadd(key('regular.7:delayed'), 1, 'o1')],
    [
      'waits while the queue is paused',
      async () => await redis.lpush(key('regular.7:paused'), 'o1'),
    ],
  ])('is never let go while something %s', async (_what, prepare) => {
    await lanes.busy.touch(['regular.7']);
    await prepare();
    await sleep(20);
    expect(await busy(10)).toEqual([regular]);
    expect(await busy(10)).toEqual([regular]);
  });

  it('that was lost with Redis is busy again when its orders are added again', async () => {
    const added = job();
    await lanes.add([added]);
    await redis.del(busyLanesKey(parts.redisPrefix));
    await lanes.add([added]);
    expect(await busy()).toEqual([regular]);
    expect(await lanes.waiting('regular', accountId)).toBe(1);
  });

  it('that becomes busy is told at once, and no other', async () => {
    let heard = 0;
    const place = { redisUrl: parts.redisUrl, prefix: parts.redisPrefix };
    using _hearing = hearBusyLanes(place, {
      onChange: () => (heard += 1),
      onError: (error) => expect.fail(error.message),
    });
    await expect.poll(() => heard).toBe(1);
    await expect.poll(async () => await subscribers()).toBe(1);
    await lanes.add([job()]);
    await expect.poll(() => heard).toBe(2);
    await lanes.add([job()]);
    await lanes.busy.leave('a');
    await expect.poll(() => heard).toBe(3);
  });
});

const subscribers = async () => {
  const [, count] = await redis.pubsub('NUMSUB', busyLanesKey(parts.redisPrefix));
  return Number(count);
};

describe('an executor', () => {
  it('is among those that live from its first look until it leaves', async () => {
    await look(60_000, 'a');
    expect((await look(60_000, 'b')).executors.toSorted()).toEqual(['a', 'b']);
    await lanes.busy.leave('a');
    expect((await look(60_000, 'b')).executors).toEqual(['b']);
  });

  it('that has been silent for too long is gone, and so is one from a later time', async () => {
    const now = Date.now();
    await redis.zadd(key('executors'), now - 5000, 'dead', now + 3_600_000, 'of a clock set back');
    expect((await look()).executors).toEqual(['a']);
  });
});

it('an idle lane is served by who would serve it, a busy one by who does', async () => {
  const served = async () => {
    const count = await lanes.servers();
    return [count('regular', accountId), count('smart', accountId)];
  };
  expect(await served()).toEqual([0, 0]);
  await look(60_000, 'a');
  expect(await served()).toEqual([1, 1]);
  await look(60_000, 'b');
  await look(60_000, 'c');
  expect(await served()).toEqual([2, 2]);
  await lanes.add([job()]);
  expect(await served()).toEqual([0, 2]);
  expect(await lanes.isServed('regular', accountId)).toBe(false);
});
