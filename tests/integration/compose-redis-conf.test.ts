import { readFile } from 'node:fs/promises';
import { redisOptions } from '@orderlane/local/redis-config';
import { expect, test } from 'vitest';

test('Redis in a container is set up as the one of the local stack', async () => {
  const conf = await readFile(new URL('../../infra/docker/redis.conf', import.meta.url), 'utf8');
  const lines = conf.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const ours = redisOptions({ appendOnly: true }).map((option) => option.join(' '));
  expect(lines.sort()).toEqual([...ours, 'protected-mode no', 'maxmemory 700mb'].sort());
});
