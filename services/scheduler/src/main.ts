import { clockOffsetMs } from '@orderlane/db/clock-offset';
import { pingDb } from '@orderlane/db/open-db';
import * as events from '@orderlane/runtime/events';
import { createMetrics, type Metrics } from '@orderlane/runtime/metrics';
import { runService } from '@orderlane/runtime/run-service';
import { serveHealth } from '@orderlane/runtime/serve-health';
import { createTradingClock } from '@orderlane/runtime/trading-clock';
import { configSchema } from './config.ts';
import { createSettledMetrics } from './metrics/settled-metrics.ts';
import { openClients } from './open-clients.ts';
import { startAlerts } from './start-alerts.ts';
import { openCalendar, startCalendar } from './start-calendar.ts';
import { startClock } from './start-clock.ts';
import { startClosings } from './start-closings.ts';
import { startLettingGo } from './start-letting-go.ts';
import { startMetrics } from './start-metrics.ts';
import { startPositions } from './start-positions.ts';
import { startPreflight } from './start-preflight.ts';
import { startRetention } from './start-retention.ts';
import { startSeals } from './start-seals.ts';
import { startSweep } from './start-sweep.ts';
import { openAuction, startSymbols } from './start-symbols.ts';
import { startWatch } from './start-watch.ts';
import { openStores, type Parts, type Stores } from './stores.ts';
import { createTasks } from './tasks.ts';

// A book that is being read is waited for.
await runService({ name: 'scheduler', configSchema, stopWithinMs: 24_000 }, start);

async function start(parts: Parts): Promise<void> {
  const metrics = createMetrics('scheduler');
  const settled = createSettledMetrics(metrics);
  const now = createTradingClock(parts.config.TRADING_CLOCK);
  const stores = await openStores(parts);
  const clients = await openClients(parts, stores);
  compareClocks(parts, stores);
  const sweep = startSweep(parts, stores);
  const calendar = openCalendar(parts, stores);
  const auction = openAuction(stores);
  startWatch(parts, { stores, clients, sweep, now, calendar, settled });
  startClock(parts, { stores, clients, now, calendar, auction });
  startPreflight(parts, { stores, clients, now, calendar, auction });
  startCalendar(parts, { stores, clients, now });
  startClosings(parts, { stores, clients, now, calendar, auction });
  startSymbols(parts, { stores, clients });
  startPositions(parts, { stores, clients, now, calendar });
  const alerts = startAlerts(parts, stores, now);
  startLettingGo(parts, stores);
  startSeals(parts, stores);
  startRetention(parts, stores);
  startMetrics(parts, { stores, metrics, now, calendar, alerts });
  await openHealth(parts, stores, metrics);
}

/** By its own clock it only knows when a market is open and a strategy due, but that to the minute. */
function compareClocks({ log, started }: Parts, { db, outages }: Stores): void {
  const tasks = started.use(createTasks(outages.postgres.failed));
  tasks.run(async () => events.clockCompared(log, { offsetMs: await clockOffsetMs(db) }));
}

async function openHealth(
  { config, started }: Parts,
  { db }: Stores,
  metrics: Metrics,
): Promise<void> {
  started.use(
    await serveHealth({
      service: 'scheduler',
      metrics,
      host: config.LISTEN_HOST,
      port: config.SCHEDULER_PORT,
      portVariable: 'SCHEDULER_PORT',
      // Without Redis it repairs and watches all the same.
      checks: { postgres: async () => await pingDb(db) },
    }),
  );
}
