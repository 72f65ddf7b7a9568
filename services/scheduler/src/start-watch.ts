import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import type { LiveCalendar } from '@orderlane/db/live-calendar';
import { unwantedCodes } from '@orderlane/domain/alert-policy';
import type { AccountId } from '@orderlane/domain/ids';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { createAccountGate } from '@orderlane/queue/account-gate';
import { limitsOf } from '@orderlane/queue/account-limits';
import * as events from '@orderlane/runtime/events';
import { newId } from '@orderlane/runtime/new-id';
import { type Repeated, repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { askClientOrderIds } from './ask-client-order-ids.ts';
import type { FollowedBook } from './follow-book.ts';
import { isAnyMarketOpen } from './market-open.ts';
import type { SettledMetrics } from './metrics/settled-metrics.ts';
import { readDueBooks } from './read-due-books.ts';
import { reportFollowed, reportSettled } from './report.ts';
import { deadSessionHandler } from './session-dead.ts';
import type { SettledOrder } from './settle-orders.ts';
import type { Parts, Stores } from './stores.ts';
import { createTasks } from './tasks.ts';
import { watchAccounts } from './watch-accounts.ts';

interface Watch {
  stores: Stores;
  clients: AccountClients;
  sweep: Repeated;
  now: TradingClock;
  calendar: LiveCalendar;
  settled: SettledMetrics;
}

/** Sessions are looked at from 08:45, where the stocks open at 09:15. */
const minutesBefore = 30;

/** Follows what OpenAlgo shows of each account: its books, its mode, and whether its session lives. */
export function startWatch(parts: Parts, watch: Watch): void {
  const { config, log, started } = parts;
  const { stores, clients } = watch;
  const tasks = started.use(createTasks(stores.outages.postgres.failed));
  const { calendar } = watch;
  const isInSession = () => isAnyMarketOpen(watch.now(), calendar);
  // A broker login that is missing should be known while there is time for it.
  const isSoonInSession = () =>
    isAnyMarketOpen(watch.now().add({ minutes: minutesBefore }), calendar);
  const onSessionDead = deadSessionHandler(parts, stores.db);
  const common = { db: stores.db, tasks, clientOf: clients.of, onSessionDead };
  startBookReads(parts, { ...watch, common, isInSession });
  const asking = askingDeps(parts, watch);
  const deps = {
    ...common,
    probeMs: config.SESSION_PROBE_MS,
    modeMs: config.MODE_CHECK_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
    onSessionAlive: (accountId: AccountId) => {
      events.accountSessionAlive(log, { accountId });
      watch.sweep.soon();
    },
    askClientOrderIds: async (accounts: readonly AccountRow[]) =>
      await askClientOrderIds({ ...asking, tasks }, accounts),
  };
  let isFirst = true;
  started.use(
    repeat({
      everyMs: config.SESSION_PROBE_MS / 2,
      run: async () => {
        await calendar.read();
        await watchAccounts(deps, isFirst || isInSession() || isSoonInSession());
        isFirst = false;
      },
      onError: stores.outages.postgres.failed,
    }),
  );
}

function askingDeps({ config }: Parts, { stores, clients }: Watch) {
  return {
    db: stores.db,
    clientOf: clients.of,
    gate: createAccountGate({ redis: stores.redis, prefix: stores.place.prefix }),
    limitsOf: (account: AccountRow) => limitsOf(config, account),
    againMs: config.CLIENT_ORDER_ID_CHECK_MS,
    unknownMs: config.MODE_CHECK_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
    monotonicNow: () => performance.now(),
    sleep: async (ms: number) => await sleep(ms),
  };
}

type Common = Pick<
  Parameters<typeof readDueBooks>[0],
  'db' | 'tasks' | 'clientOf' | 'onSessionDead'
>;

function startBookReads(
  { config, log, started }: Parts,
  { stores, settled, common, isInSession }: Watch & { common: Common; isInSession(): boolean },
): void {
  const { lanes, outages } = stores;
  const deps = {
    ...common,
    isInSession,
    newId,
    leaseMs: config.BOOKS_LEASE_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
    inheritedMs: config.BOOKS_INHERITED_MS,
    tellsFills: !unwantedCodes({ also: config.ALERTS_ALSO, not: config.ALERTS_NOT }).includes(
      'filled',
    ),
    absentAfterMs: config.ABSENT_AFTER_MS,
    settings: {
      unsettledMs: config.BOOKS_UNSETTLED_MS,
      soonMs: config.BOOKS_SOON_MS,
      openMs: config.BOOKS_OPEN_MS,
      idleMs: config.BOOKS_IDLE_MS,
      smartRestMs: config.SMART_REST_MS,
      postponedMs: config.BOOKS_POSTPONED_MS,
    },
    onMoved: (moved: FollowedBook['moved'][number]) => {
      reportFollowed(log, moved);
      settled.moved(moved);
    },
    onSettled: (order: SettledOrder) => {
      reportSettled(log, order);
      settled.settled(order);
    },
    enqueue: async (orders: Parameters<typeof lanes.add>[0]) =>
      void (await outages.redis.attempt(async () => await lanes.add(orders))),
  };
  started.use(
    repeat({
      everyMs: config.BOOKS_CHECK_MS,
      run: async () => await readDueBooks(deps),
      onError: outages.postgres.failed,
    }),
  );
}
