import { expect, test } from 'vitest';
import { findRedis, howToGetRedis, type RedisWays } from './find-redis.ts';

/** Ways that all lead to a Redis, but for those named; `asked` says which were tried. */
function waysWithout(...missing: string[]): { ways: RedisWays; asked: string[] } {
  const asked: string[] = [];
  const has = async (way: string) => {
    asked.push(way);
    return await Promise.resolve(!missing.includes(way));
  };
  const ways: RedisWays = {
    redisUrl: missing.includes('url') ? undefined : 'redis://10.0.0.1:6379',
    findProgram: async () =>
      (await has('program')) ? { command: '/bin/redis-server' } : undefined,
    dockerAnswers: async () => await has('docker'),
    install: async () => ((await has('install')) ? { command: '/bin/installed' } : undefined),
  };
  return { ways, asked };
}

test('a given address comes first, and nothing else is looked for', async () => {
  const { ways, asked } = waysWithout();
  expect(await findRedis(ways)).toEqual({ kind: 'url', redisUrl: 'redis://10.0.0.1:6379' });
  expect(asked).toEqual([]);
});

test('then a program on the PATH', async () => {
  const { ways, asked } = waysWithout('url');
  expect(await findRedis(ways)).toMatchObject({ program: { command: '/bin/redis-server' } });
  expect(asked).toEqual(['program']);
});

test('then Docker', async () => {
  const { ways, asked } = waysWithout('url', 'program');
  expect(await findRedis(ways)).toEqual({ kind: 'docker' });
  expect(asked).toEqual(['program', 'docker']);
});

test('then the system’s package', async () => {
  const { ways, asked } = waysWithout('url', 'program', 'docker');
  expect(await findRedis(ways)).toMatchObject({ program: { command: '/bin/installed' } });
  expect(asked).toEqual(['program', 'docker', 'install']);
});

test('and last one message that says what to do', async () => {
  const { ways } = waysWithout('url', 'program', 'docker', 'install');
  await expect(findRedis(ways)).rejects.toThrow('Or set REDIS_URL');
});

test('on Windows it names WSL2 and Docker Desktop, and how', () => {
  const text = howToGetRedis('win32');
  expect(text).toContain('wsl --install');
  expect(text).toContain('Docker Desktop: install it');
});

test.each([
  ['darwin', 'brew install redis'],
  ['linux', 'apt-get install redis-tools'],
  ['freebsd', 'package manager'],
] as const)('on %s it says: %s', (platform, cure) => {
  expect(howToGetRedis(platform)).toContain(cure);
});
