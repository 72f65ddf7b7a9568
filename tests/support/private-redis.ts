import { rm } from 'node:fs/promises';
import { dockerAnswers } from '@orderlane/local/docker-engine';
import { findRedis } from '@orderlane/local/find-redis';
import { findRedisProgram } from '@orderlane/local/find-redis-program';
import { installRedis } from '@orderlane/local/install-redis';
import {
  type LocalRedis,
  makeRedisPassword,
  type RedisSettings,
} from '@orderlane/local/redis-config';
import { startRedisContainer } from '@orderlane/local/start-redis-container';
import { startRedisProgram } from '@orderlane/local/start-redis-program';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { readSearchPath } from './config.ts';
import { freePort } from './free-port.ts';

/** A Redis of the test's own, to be wiped, stopped and killed. */
export interface PrivateRedis extends AsyncDisposable {
  readonly redisUrl: string;
  readonly port: number;
  /** Starts it again on the same port and data after `stop` or `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** After `stop` or `kill`: the next `start` finds nothing, whatever was written. */
  forget(): Promise<void>;
  /** SIGKILL: what was written in the last second may be lost. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing (SIGSTOP), until resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Starts a Redis that only this test uses; `appendOnly` (off) lets a restart keep its data. */
export async function startPrivateRedis(
  options: { appendOnly?: boolean } = {},
): Promise<PrivateRedis> {
  const folder = await makeTemporaryFolder();
  const port = await freePort();
  const settings = {
    dir: folder.path,
    port,
    password: makeRedisPassword(),
    appendOnly: options.appendOnly ?? false,
  };
  let server = await startAnyRedis(settings);
  return {
    redisUrl: server.redisUrl,
    port,
    start: async () => {
      server = await startAnyRedis(settings);
    },
    stop: async () => await server.stop(),
    forget: async () => await rm(`${folder.path}/appendonlydir`, { recursive: true, force: true }),
    kill: async () => await server.kill(),
    pause: async () => await server.pause(),
    resume: async () => await server.resume(),
    [Symbol.asyncDispose]: async () => {
      await server.kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function startAnyRedis(settings: RedisSettings): Promise<LocalRedis> {
  const searchPath = readSearchPath();
  const source = await findRedis({
    redisUrl: undefined,
    findProgram: async () => await findRedisProgram(searchPath),
    dockerAnswers: async () => await dockerAnswers(2_000),
    install: async () =>
      await installRedis({
        searchPath,
        isRoot: process.getuid?.() === 0,
        say: (text) => process.stderr.write(`${text}\n`),
      }),
  });
  if (source.kind === 'program') return await startRedisProgram(source.program, settings);
  return await startRedisContainer(settings);
}
