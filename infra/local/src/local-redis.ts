import path from 'node:path';
import type { Log } from '@orderlane/runtime/log';
import type { LocalConfig } from './config.ts';
import { dockerAnswers } from './docker-engine.ts';
import { findRedis, type RedisSource } from './find-redis.ts';
import { findRedisProgram } from './find-redis-program.ts';
import { installRedis } from './install-redis.ts';
import type { Server } from './local-database.ts';
import { LocalStackError } from './local-stack-error.ts';
import { type LocalRedis, makeRedisPassword, type RedisSettings } from './redis-config.ts';
import { startRedisContainer } from './start-redis-container.ts';
import { startRedisProgram } from './start-redis-program.ts';
import { supervise } from './supervise.ts';
import { waitForRedis } from './wait-for-redis.ts';

const DOCKER_ANSWERS_WITHIN_MS = 3_000;

interface RedisDeps {
  config: LocalConfig;
  searchPath: string;
  log: Log;
  started: AsyncDisposableStack;
}

/**
 * The given Redis (REDIS_URL), looked at once, or a private one with its append-only file in the
 * data folder.
 * @throws LocalStackError when there is none to be had, or it does not start
 */
export async function openLocalRedis(deps: RedisDeps): Promise<Server> {
  const source = await lookForRedis(deps);
  if (source.kind === 'url') return await lookAtGiven(source.redisUrl);
  const settings: RedisSettings = {
    dir: path.resolve(deps.config.DATA_DIR, 'redis'),
    port: deps.config.LOCAL_REDIS_PORT,
    portVariable: 'LOCAL_REDIS_PORT',
    password: makeRedisPassword(),
    appendOnly: true,
  };
  let url = '';
  const start = async () => {
    const server = await startFrom(source, settings);
    url = server.redisUrl;
    return server;
  };
  deps.started.use(await supervise({ name: 'redis', log: deps.log, start }));
  const how = source.kind === 'docker' ? 'in Docker' : source.program.command;
  return { url, description: `127.0.0.1:${settings.port}  (private, ${how})` };
}

async function lookForRedis({ config, searchPath, log }: RedisDeps): Promise<RedisSource> {
  return await findRedis({
    redisUrl: config.REDIS_URL,
    findProgram: async () => await findRedisProgram(searchPath),
    dockerAnswers: async () => await dockerAnswers(DOCKER_ANSWERS_WITHIN_MS),
    install: async () =>
      await installRedis({
        searchPath,
        isRoot: process.getuid?.() === 0,
        say: (text) => log.warn({ event: 'package_installed' }, text),
      }),
  });
}

async function startFrom(
  source: Exclude<RedisSource, { kind: 'url' }>,
  settings: RedisSettings,
): Promise<LocalRedis> {
  if (source.kind === 'docker') return await startRedisContainer(settings);
  return await startRedisProgram(source.program, settings);
}

async function lookAtGiven(redisUrl: string): Promise<Server> {
  const { host } = new URL(redisUrl);
  try {
    await waitForRedis(redisUrl, { withinMs: 5_000 });
  } catch (error) {
    throw new LocalStackError(
      `The Redis at ${host} (REDIS_URL) does not answer. Start it, or set the address right; without REDIS_URL a private Redis is used.`,
      { cause: error },
    );
  }
  return { url: redisUrl, description: `${host}  (REDIS_URL)` };
}
