import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AccountRow, seeAccountMode } from '@orderlane/db/accounts';
import { openDb, pingDb } from '@orderlane/db/open-db';
import { laneName } from '@orderlane/domain/lane';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { createAccountGate } from '@orderlane/queue/account-gate';
import { limitsOf } from '@orderlane/queue/account-limits';
import { closeRedis, openRedis, openWorkerRedis } from '@orderlane/queue/connection';
import { hearBusyLanes } from '@orderlane/queue/hear-busy-lanes';
import { createLanes } from '@orderlane/queue/lanes';
import { createMetrics, type Metrics } from '@orderlane/runtime/metrics';
import { newId } from '@orderlane/runtime/new-id';
import { runService, type ServiceParts } from '@orderlane/runtime/run-service';
import { serveHealth } from '@orderlane/runtime/serve-health';
import { createBackground } from './background.ts';
import { configSchema } from './config.ts';
import { createExecute } from './create-execute.ts';
import { createExecutorMetrics } from './executor-metrics.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import { openClients } from './open-clients.ts';
import { reportLeft, reportServed } from './report.ts';
import { serveLanes } from './serve-lanes.ts';
import { createShownPositions } from './shown-positions.ts';
import { createWakeUp } from './wake-up.ts';
import { watchPostgres } from './watch-postgres.ts';

type Parts = ServiceParts<typeof configSchema.shape>;

// It waits for the answers of its calls and for Postgres to take them, however short the calls may be.
const stopWithinMs = (config: Parts['config']) => Math.max(130_000, config.CALL_TIMEOUT_MS + 5000);

await runService({ name: 'executor', configSchema, stopWithinMs }, start);

async function start(parts: Parts): Promise<void> {
  const { config, log, started } = parts;
  const stores = openStores(parts);
  const metrics = createMetrics('executor');
  const leases = started.use(
    createLeaseKeeper({
      db: stores.db,
      executor: executorName(),
      leaseMs: config.LEASE_MS,
      renewalMs: config.LEASE_RENEWAL_MS,
      onError: (error) =>
        log.error({ event: 'lease_not_renewed', err: error }, 'lease not renewed'),
    }),
  );
  const wakeUp = started.use(
    createWakeUp({
      lanes: stores.lanes,
      onError: (error) => log.warn({ event: 'enqueue_failed', err: error }, 'left to the sweep'),
    }),
  );
  const background = started.use(createBackground());
  const postgres = openPostgresWatch(parts);
  const clients = await openClients(parts, stores.db);
  const limits = (account: AccountRow) => limitsOf(config, account);
  const execute = createExecute({
    shownPositions: openShownPositions(parts, stores, clients),
    ...{ config, log, leases, wakeUp, db: stores.db, lanes: stores.lanes, gate: stores.gate },
    metrics: createExecutorMetrics(metrics),
    executor: executorName(),
    shutdown: parts.shutdown,
    isPostgresAway: postgres.isAway,
    inBackground: background.run,
    clientOf: (account) => clients.of(account),
    limitsOf: limits,
  });
  await openLanes(parts, { stores, execute, limits, postgres });
  started.use(await openHealth(parts, stores, metrics));
}

function openShownPositions({ config, log }: Parts, { db }: Stores, clients: AccountClients) {
  return createShownPositions({
    clientOf: (account) => clients.of(account),
    monotonicNow: () => performance.now(),
    sleep: async (ms) => await sleep(ms),
    withinMs: config.EXIT_POSITION_READ_MS,
    freshAfterMs: config.POSITION_FRESH_MS,
    seeMode: async (seen) =>
      await seeAccountMode(db, seen).catch((error: unknown) =>
        log.warn({ event: 'mode_not_recorded', err: error }, 'the next read of a book shows it'),
      ),
  });
}

/** On a connection of its own: where all others are busy, or held up by locks, Postgres is still there. */
function openPostgresWatch({ config, log, started }: Parts) {
  const opened = openDb({ databaseUrl: config.DATABASE_URL, poolSize: 2 });
  started.defer(async () => await opened.close());
  const changes = new EventTarget();
  const watch = watchPostgres({
    ping: async () => await pingDb(opened.db),
    askEveryMs: 500,
    onChange: (isAway) => {
      if (isAway) log.error({ event: 'postgres_failed' }, 'no Postgres: others serve the lanes');
      else log.info({ event: 'postgres_works' }, 'Postgres answers again');
      changes.dispatchEvent(new Event('change'));
    },
  });
  started.use(watch);
  return {
    isAway: watch.isAway,
    onChange: (listener: () => void) => changes.addEventListener('change', listener),
  };
}

type Stores = ReturnType<typeof openStores>;
type Execute = ReturnType<typeof createExecute>;

function executorName(): string {
  return `${hostname()}:${process.pid}`;
}

function openStores({ config, log, started }: Parts) {
  const onConnectionError = (error: Error) =>
    log.warn({ event: 'postgres_connection_lost', err: error }, 'a connection to Postgres broke');
  const opened = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    onConnectionError,
  });
  started.defer(async () => await opened.close());
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const redis = openRedis(place, (error) =>
    log.warn({ event: 'redis_unreachable', err: error }, 'Redis does not answer'),
  );
  started.defer(() => closeRedis(redis));
  const lanes = createLanes({ redis, prefix: place.prefix });
  started.defer(async () => await lanes.close());
  const gate = createAccountGate({ redis, prefix: place.prefix });
  return { db: opened.db, redis, place, lanes, gate };
}

async function openLanes(
  { config, log, started }: Parts,
  args: {
    stores: Stores;
    execute: Execute;
    limits: Parameters<typeof serveLanes>[0]['limitsOf'];
    postgres: ReturnType<typeof openPostgresWatch>;
  },
): Promise<void> {
  const { stores, execute, limits, postgres } = args;
  const laneFailed = (error: unknown) =>
    log.error({ event: 'lane_failed', err: error }, 'a lane failed');
  const workersRedis = openWorkerRedis(stores.place, laneFailed);
  started.defer(() => closeRedis(workersRedis));
  const lanes = started.use(
    await serveLanes({
      ...{ workersRedis, execute, limitsOf: limits, db: stores.db, lanes: stores.lanes },
      prefix: stores.place.prefix,
      executor: `${executorName()}:${newId()}`,
      concurrency: {
        regular: config.REGULAR_LANE_CONCURRENCY,
        smart: config.SMART_LANE_CONCURRENCY,
      },
      jobLockMs: config.JOB_LOCK_MS,
      stalledCheckMs: config.STALLED_CHECK_MS,
      refreshMs: config.ACCOUNTS_REFRESH_MS,
      keepMs: config.LANE_KEEP_MS,
      silentAfterMs: config.SILENT_LANE_MS,
      isPostgresAway: postgres.isAway,
      report: {
        served: (lane, accountId) => reportServed(log, lane, accountId),
        left: (lane, accountId) => reportLeft(log, lane, accountId),
        laneSilent: (lane, accountId) => endForSilence(log, laneName(lane, accountId)),
        laneFailed,
      },
    }),
  );
  postgres.onChange(() => lanes.soon());
  started.use(hearBusyLanes(stores.place, { onChange: () => lanes.soon(), onError: laneFailed }));
}

/** Ends this process in order, so that whoever watches starts a new one. */
function endForSilence(log: Parts['log'], lane: string): void {
  const text = `jobs wait on ${lane} and this process takes none: it ends, to be started anew`;
  log.fatal({ event: 'lane_silent', lane }, text);
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}

async function openHealth({ config }: Parts, stores: Stores, metrics: Metrics) {
  return await serveHealth({
    service: 'executor',
    metrics,
    host: config.LISTEN_HOST,
    port: config.EXECUTOR_PORT,
    portVariable: 'EXECUTOR_PORT',
    checks: {
      postgres: async () => await pingDb(stores.db),
      redis: async () => await stores.redis.ping(),
    },
  });
}
