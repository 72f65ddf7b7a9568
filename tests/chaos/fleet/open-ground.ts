import { fileURLToPath } from 'node:url';
import { poll } from '@orderlane/local/poll';
import { type Child, startChild } from '@orderlane/local/start-child';
import { createSimulatorClient, type SimulatorClient } from '@orderlane/simulator/client';
import { readBaseEnvironment } from '../../support/config.ts';
import { freePort } from '../../support/free-port.ts';
import { type PrivatePostgres, startPrivatePostgres } from '../../support/private-postgres.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/private-redis.ts';
import { type Links, openLinks } from '../links/open-links.ts';

/** What the processes of a run stand on. */
export interface Ground {
  postgres: PrivatePostgres;
  redis: PrivateRedis;
  simulator: Simulator;
  links: Links;
  /** What the processes are told: the near ends of the links. */
  near: { databaseUrl: string; redisUrl: string; openalgoUrl: string };
}

/** The simulator as a process of its own, with its control routes. */
export interface Simulator extends SimulatorClient {
  readonly url: string;
  /** It answers nothing (SIGSTOP), until resumed. */
  pause(): void;
  resume(): void;
}

/** The market is open all day long in a run: it begins at ten on a Tuesday. */
const marketOpens = Temporal.Instant.from('2026-02-10T10:00:00+05:30');

/** What time it is on the market of a run that began at `startedAt` (ms since the epoch). */
export function marketTime(startedAt: number): Temporal.ZonedDateTime {
  const since = { milliseconds: Math.max(0, Date.now() - startedAt) };
  return marketOpens.add(since).toZonedDateTimeISO('Asia/Kolkata');
}

/** Starts Postgres, Redis, the simulator and the links in front of them. */
export async function openGround(
  started: AsyncDisposableStack,
  args: { apiKeys: readonly string[]; divide: number },
): Promise<Ground> {
  const postgres = started.use(await startPrivatePostgres());
  const redis = started.use(await startPrivateRedis({ appendOnly: true }));
  const simulator = await startSimulator(started, args);
  const links = started.use(openLinks());
  const simulatorPort = Number(new URL(simulator.url).port);
  const near = {
    databaseUrl: withPort(postgres.databaseUrl, await links.open('postgres', postgres.port)),
    redisUrl: withPort(redis.redisUrl, await links.open('redis', redis.port)),
    openalgoUrl: withPort(simulator.url, await links.open('openalgo', simulatorPort)),
  };
  return { postgres, redis, simulator, links, near };
}

function withPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href.replace(/\/$/, '');
}

async function startSimulator(
  started: AsyncDisposableStack,
  { apiKeys, divide }: { apiKeys: readonly string[]; divide: number },
): Promise<Simulator> {
  const port = await freePort();
  const child: Child = started.use(
    await startChild({
      name: 'simulator',
      command: process.execPath,
      args: [fileURLToPath(new URL('../../../infra/simulator/src/main.ts', import.meta.url))],
      env: {
        ...readBaseEnvironment(),
        SIMULATOR_PORT: String(port),
        SIMULATOR_API_KEY: apiKeys.join(','),
        // The harness counts the rate itself: a refusal would hide a call too many.
        SIMULATOR_LIMITS: 'off',
        SIMULATOR_TIME_SCALE: String(divide),
        // No TRADING_CLOCK: the times in a broker's order book are real ones, like the database's.
      },
      stopSignal: 'SIGTERM',
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const client = createSimulatorClient(url, apiKeys[0] ?? '');
  await poll(async () => await client.control('GET health'), {
    what: 'the simulator',
    withinMs: 30_000,
  });
  return {
    ...client,
    url,
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
  };
}
