import type { LiveCalendar } from '@orderlane/db/live-calendar';
import type { AccountId } from '@orderlane/domain/ids';
import { limitsOf } from '@orderlane/queue/account-limits';
import type { Metrics } from '@orderlane/runtime/metrics';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { withinTime } from './alerts/within-time.ts';
import { isAnyMarketOpen } from './market-open.ts';
import { readDispatcherState, readStoredState } from './metrics/read-state.ts';
import { createStateMetrics, type StateMetrics } from './metrics/state-metrics.ts';
import type { AlertSending } from './start-alerts.ts';
import type { Parts, Stores } from './stores.ts';

/** A Postgres that hangs must not leave its last figures standing: a read that takes longer has failed (ms). */
const readWithinMs = 5000;

interface Watched {
  stores: Stores;
  metrics: Metrics;
  now: TradingClock;
  calendar: LiveCalendar;
  alerts: AlertSending;
}

/**
 * Reads every METRICS_MS what /metrics shows of the whole system, beside all other work: who looks at
 * the figures asks nothing of Postgres, and a store that is away leaves none behind.
 */
export function startMetrics(parts: Parts, watched: Watched): void {
  const { config, started } = parts;
  const state = createStateMetrics(watched.metrics);
  const readStored = inTime(async () => await readAll(parts, watched));
  let accounts: AccountId[] = [];
  const run = async () => {
    state.own({
      marketsOpen: isAnyMarketOpen(watched.now(), watched.calendar),
      alertTargets: watched.alerts.targets,
    });
    accounts = (await showStored(watched, { state, readStored })) ?? accounts;
    await showDispatcher(watched, { state, accounts });
  };
  const onError = watched.stores.outages.postgres.failed;
  started.use(repeat({ everyMs: config.METRICS_MS, run, onError }));
}

async function readAll({ config }: Parts, { stores, alerts }: Watched) {
  return await readStoredState(stores.db, {
    unwanted: alerts.unwanted,
    limitsOf: (account) => limitsOf(config, account),
  });
}

/** Gives up waiting in time; what hangs is waited for again, not asked beside it. */
function inTime<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return await withinTime(reading, readWithinMs);
  };
}

/** The accounts; undefined while Postgres is away. */
async function showStored(
  watched: Watched,
  { state, readStored }: { state: StateMetrics; readStored: () => ReturnType<typeof readAll> },
): Promise<AccountId[] | undefined> {
  let accounts: AccountId[] | undefined;
  const isUp = await watched.stores.outages.postgres.attempt(async () => {
    const stored = await readStored();
    // What goes to nobody waits for nobody.
    if (watched.alerts.targets === 0) stored.alerts = { waiting: 0, oldestForMs: 0 };
    state.stored.show(stored);
    accounts = stored.accounts.map(({ accountId }) => accountId);
  });
  state.up('postgres', isUp);
  if (!isUp) state.stored.clear();
  return accounts;
}

async function showDispatcher(
  { stores }: Watched,
  { state, accounts }: { state: StateMetrics; accounts: readonly AccountId[] },
): Promise<void> {
  const isUp = await stores.outages.redis.attempt(async () => {
    state.dispatcher.show(await readDispatcherState(stores, accounts));
  });
  state.up('redis', isUp);
  if (!isUp) state.dispatcher.clear();
}
