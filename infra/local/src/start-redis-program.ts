import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assertPortFree } from './assert-port-free.ts';
import { LocalStackError } from './local-stack-error.ts';
import { type LocalRedis, type RedisSettings, redisOptions, redisUrlOf } from './redis-config.ts';
import { type Child, describeExit, startChild } from './start-child.ts';
import { waitForRedis } from './wait-for-redis.ts';

const READY_WITHIN_MS = 30_000;

export interface RedisProgram {
  /** A redis-server or valkey-server. */
  command: string;
  /** The name it is called by, where that decides what it does. */
  argv0?: string;
}

/**
 * Starts a Redis of our own on 127.0.0.1.
 * @throws LocalStackError when the port is taken or the server does not come up
 */
export async function startRedisProgram(
  program: RedisProgram,
  settings: RedisSettings,
): Promise<LocalRedis> {
  await mkdir(settings.dir, { recursive: true });
  await assertPortFree({ port: settings.port, variable: settings.portVariable, what: 'Redis' });
  const configFile = path.join(settings.dir, 'redis.conf');
  await writeFile(configFile, configText(settings), { mode: 0o600 });
  const child = await startChild({
    ...program,
    name: 'redis',
    args: [configFile],
    stopSignal: 'SIGTERM',
    ...(settings.onLine && { onLine: settings.onLine }),
  });
  const redisUrl = redisUrlOf('127.0.0.1', settings);
  await waitUntilReady(child, { redisUrl, dir: settings.dir });
  return handle(child, { port: settings.port, redisUrl });
}

function handle(child: Child, at: { port: number; redisUrl: string }): LocalRedis {
  const stop = async () => void (await child.stop());
  return {
    ...at,
    ended: child.exited.then(describeExit),
    stop,
    kill: async () => {
      child.signal('SIGKILL');
      await child.exited;
    },
    pause: async () => await Promise.resolve(child.signal('SIGSTOP')),
    resume: async () => await Promise.resolve(child.signal('SIGCONT')),
    [Symbol.asyncDispose]: stop,
  };
}

function configText(settings: RedisSettings): string {
  const lines = [
    ['bind', '127.0.0.1'],
    ['port', String(settings.port)],
    ['dir', JSON.stringify(path.resolve(settings.dir))],
    ['daemonize', 'no'],
    ['requirepass', settings.password],
    ...redisOptions(settings),
  ];
  return lines.map((line) => `${line.join(' ')}\n`).join('');
}

async function waitUntilReady(child: Child, at: { redisUrl: string; dir: string }): Promise<void> {
  try {
    const check = () => {
      if (child.hasExited()) throw new Error('Redis ended');
    };
    await waitForRedis(at.redisUrl, { withinMs: READY_WITHIN_MS, check });
  } catch (error) {
    await child.stop();
    throw new LocalStackError(
      `Redis did not start on ${at.dir}. Nothing was deleted. Its last words:\n${child.tail()}\nRedis holds nothing that Postgres does not: if its append-only file is damaged, rename the folder (mv ${at.dir} ${at.dir}.broken) and start again.`,
      { cause: error },
    );
  }
}
