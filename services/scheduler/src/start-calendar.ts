import { listen } from '@orderlane/db/listen';
import { createLiveCalendar, type LiveCalendar } from '@orderlane/db/live-calendar';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import * as events from '@orderlane/runtime/events';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import { refreshCalendar } from './refresh-calendar.ts';
import type { Parts, Stores } from './stores.ts';

const maxAgeMs = 5000;

/** The calendar that all work here goes by; what is not heard of it is read a few seconds later. */
export function openCalendar({ config, log, started }: Parts, { db }: Stores): LiveCalendar {
  const monotonicNow = () => performance.now();
  const calendar = createLiveCalendar({ db, monotonicNow, maxAgeMs });
  started.use(
    listen({
      databaseUrl: config.DATABASE_URL,
      channel: 'calendar_changed',
      onMessage: () => calendar.forget(),
      onLost: (error) =>
        log.warn({ event: 'listen_lost', err: error }, 'changes of the calendar are not announced'),
    }),
  );
  return calendar;
}

/** Keeps OpenAlgo's calendar of this year and of the one that comes. */
export function startCalendar(
  { config, log, started }: Parts,
  { stores, clients, now }: { stores: Stores; clients: AccountClients; now: TradingClock },
): void {
  const deps = {
    db: stores.db,
    clientOf: clients.of,
    everyMs: config.CALENDAR_MS,
    retryMs: config.CALENDAR_RETRY_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
    onRead: (read: events.CalendarFacts & { days: number }) => events.calendarRead(log, read),
    onUnread: (unread: events.CalendarFacts & { reason: string }) =>
      events.calendarUnread(log, unread),
  };
  started.use(
    repeat({
      everyMs: config.CALENDAR_RETRY_MS,
      run: async () => await refreshCalendar(deps, now().toPlainDate()),
      onError: stores.outages.postgres.failed,
    }),
  );
}
