import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  GenericContainer,
  getContainerRuntimeClient,
  type StartedTestContainer,
} from 'testcontainers';
import { assertPortFree } from './assert-port-free.ts';
import { type LocalRedis, type RedisSettings, redisOptions, redisUrlOf } from './redis-config.ts';
import { waitForRedis } from './wait-for-redis.ts';

const IMAGE = 'redis:8-alpine';
const PORT_INSIDE = 6379;
const READY_WITHIN_MS = 30_000;

/**
 * Starts a Redis of our own in Docker, on the same port and folder as the program would use.
 * @throws LocalStackError when the port is taken; the engine's error when it cannot start it
 */
export async function startRedisContainer(settings: RedisSettings): Promise<LocalRedis> {
  await mkdir(settings.dir, { recursive: true });
  await assertPortFree({ port: settings.port, variable: settings.portVariable, what: 'Redis' });
  const container = await describeContainer(settings).start();
  const redisUrl = redisUrlOf(container.getHost(), settings);
  try {
    await waitForRedis(redisUrl, { withinMs: READY_WITHIN_MS });
  } catch (error) {
    await container.stop();
    throw error;
  }
  return await handle(container, { port: settings.port, redisUrl });
}

function describeContainer(settings: RedisSettings): GenericContainer {
  const options = redisOptions(settings).flatMap(([name, value]) => [
    `--${name}`,
    value === '""' ? '' : value,
  ]);
  const container = new GenericContainer(IMAGE)
    .withExposedPorts({ container: PORT_INSIDE, host: settings.port })
    .withBindMounts([{ source: path.resolve(settings.dir), target: '/data' }])
    .withCommand([
      'redis-server',
      '--dir',
      '/data',
      '--requirepass',
      settings.password,
      ...options,
    ]);
  // As ourselves, so that the files it writes are ours to delete.
  const uid = process.getuid?.();
  return uid === undefined ? container : container.withUser(`${uid}:${process.getgid?.() ?? uid}`);
}

async function handle(
  container: StartedTestContainer,
  at: { port: number; redisUrl: string },
): Promise<LocalRedis> {
  const { container: engine } = await getContainerRuntimeClient();
  const inside = engine.getById(container.getId());
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await container.stop();
  };
  return {
    ...at,
    ended: inside.wait().then(
      () => 'its container ended',
      () => 'its container is gone',
    ),
    stop,
    kill: async () => {
      await inside.kill({ signal: 'SIGKILL' });
      await stop();
    },
    pause: async () => void (await inside.pause()),
    resume: async () => void (await inside.unpause()),
    [Symbol.asyncDispose]: stop,
  };
}
