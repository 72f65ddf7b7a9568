import { clockOffsetMs } from '@orderlane/db/clock-offset';
import { listen } from '@orderlane/db/listen';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import { openDb, pingDb } from '@orderlane/db/open-db';
import { brandIds } from '@orderlane/domain/ids';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { openRateLimitRedis } from '@orderlane/queue/rate-limit';
import * as events from '@orderlane/runtime/events';
import { createHealthApp } from '@orderlane/runtime/health-app';
import { createMetrics } from '@orderlane/runtime/metrics';
import { runService, type ServiceParts } from '@orderlane/runtime/run-service';
import { serveApp } from '@orderlane/runtime/serve-app';
import { createTradingClock } from '@orderlane/runtime/trading-clock';
import { createApp } from './app.ts';
import { configSchema } from './config.ts';
import { createWebhookDeps } from './create-webhook-deps.ts';
import { createAside } from './enqueue.ts';
import { createIngressMetrics } from './ingress-metrics.ts';
import type { StrategyCache } from './strategy-cache.ts';
import { watchWaitedCalls } from './waited-calls.ts';

type Parts = ServiceParts<typeof configSchema.shape>;

await runService({ name: 'ingress', configSchema }, start);

async function start(parts: Parts): Promise<void> {
  const { config, log, started, shutdown } = parts;
  const { db, redis, lanes } = openStores(parts);
  const aside = started.use(createAside(log));
  const now = createTradingClock(config.TRADING_CLOCK);
  aside.run(async () => events.clockCompared(log, { offsetMs: await clockOffsetMs(db) }));
  const waited = started.use(
    watchWaitedCalls({
      now: () => performance.now(),
      idleMs: () => performance.eventLoopUtilization().idle,
      rounds: () => performance.nodeTiming.uvMetricsInfo.loopCount,
      limitMs: config.WEBHOOK_MAX_WAIT_MS,
      onPause: (ms) => log.warn({ event: 'process_paused', ms }, 'this process stood still'),
    }),
  );
  const metrics = createMetrics('ingress');
  const deps = createWebhookDeps({
    ...{ config, log, db, redis, lanes, aside, waited, now },
    metrics: createIngressMetrics(metrics),
  });
  followChanges(parts, deps.targets);
  followCalendar(parts, deps.calendar);
  const app = createApp({ ...deps, log });
  app.route(
    '/',
    createHealthApp({
      service: 'ingress',
      metrics,
      shutdown,
      // Without Redis webhooks are accepted all the same.
      checks: { postgres: async () => await pingDb(db) },
    }),
  );
  const { LISTEN_HOST: host, INGRESS_PORT: port, STOP_NOTICE_MS: noticeMs } = config;
  started.use(await serveApp({ app, host, port, noticeMs, portVariable: 'INGRESS_PORT' }));
}

function openStores({ config, log, started }: Parts) {
  const opened = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    onConnectionError: (error) =>
      log.warn({ event: 'postgres_connection_lost', err: error }, 'a connection to Postgres broke'),
  });
  started.defer(async () => await opened.close());
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const onError = (error: Error) =>
    log.warn({ event: 'redis_unreachable', err: error }, 'Redis does not answer');
  const redis = openRateLimitRedis(place, onError);
  started.defer(() => closeRedis(redis));
  const lanesRedis = openRedis(place, onError);
  started.defer(() => closeRedis(lanesRedis));
  const lanes = createLanes({ redis: lanesRedis, prefix: place.prefix });
  started.defer(async () => await lanes.close());
  return { db: opened.db, redis, lanes };
}

/** A changed strategy is read anew at once; a missed message only costs a second decision. */
function followChanges({ config, log, started }: Parts, targets: StrategyCache): void {
  started.use(
    listen({
      databaseUrl: config.DATABASE_URL,
      channel: 'strategy_changed',
      onMessage: (changed) => {
        if (changed === '*') targets.forgetAll();
        else targets.forget(brandIds.webhook(changed));
      },
      onLost: (error) => {
        targets.forgetAll();
        log.warn({ event: 'listen_lost', err: error }, 'changes of strategies are not announced');
      },
    }),
  );
}

/** What is not heard here is read a few seconds later. */
function followCalendar({ config, log, started }: Parts, calendar: LiveCalendar): void {
  started.use(
    listen({
      databaseUrl: config.DATABASE_URL,
      channel: 'calendar_changed',
      onMessage: () => calendar.forget(),
      onLost: (error) =>
        log.warn({ event: 'listen_lost', err: error }, 'changes of the calendar are not announced'),
    }),
  );
}
