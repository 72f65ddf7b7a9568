import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Clock } from '@orderlane/db/clock';
import type { Db } from '@orderlane/db/open-db';
import {
  listStrategiesToSquareOff,
  openSquareOffs,
  type SquareOffToOpen,
  type StrategyToSquareOff,
} from '@orderlane/db/open-square-offs';
import { listTradedInstruments } from '@orderlane/db/square-off-exits';
import { instrumentKey } from '@orderlane/domain/instrument';
import type { Calendar } from '@orderlane/domain/market-calendar';
import { squareOffOn } from '@orderlane/domain/square-off-session';
import { agoMs, dateSpan, sessionDatesSince } from './session-dates.ts';

export interface OpenDueDeps {
  db: Db;
  calendar: Calendar;
  onDue(squareOff: { strategy: string; sessionDate: string }): void;
  onMissed(squareOff: { strategy: string; sessionDate: string }): void;
}

interface DueSquareOff {
  row: SquareOffToOpen;
  strategy: StrategyToSquareOff;
  dueAgoMs: number;
}

/** A square-off that begins later than this is told of (ms): a tick may be a minute late by itself. */
const lateMs = 120_000;

/**
 * Opens what is due at `now` of every session since the last finished tick: to be worked on while its
 * session is open, as missed afterwards. Harmless to repeat.
 */
export async function openDueSquareOffs(
  deps: OpenDueDeps,
  { clock, now }: { clock: Clock; now: Temporal.ZonedDateTime },
): Promise<void> {
  const since = lastTick(clock, now);
  const dates = sessionDatesSince(since, now);
  const [first = now.toPlainDate()] = dates;
  const strategies = await listStrategiesToSquareOff(deps.db, {
    sinceMs: dateSpan(first, now).sinceMs,
  });
  const due = strategies.flatMap((strategy) =>
    dates.flatMap((date) => dueOn(deps, { strategy, date, now, since })),
  );
  const opened = await deps.db.transaction().execute(async (db) => {
    const rows = await openSquareOffs(
      db,
      due.map(({ row }) => row),
    );
    const begun = due.filter(({ row }) => rows.some((each) => isSame(row, each)));
    for (const one of begun) {
      const alert = one.row.status === 'missed' ? await missedAlert(db, one, now) : lateAlert(one);
      if (alert !== undefined) await raiseAlert(db, alert);
    }
    return begun;
  });
  for (const { row, strategy } of opened) {
    const report = row.status === 'missed' ? deps.onMissed : deps.onDue;
    report({ strategy: strategy.name, sessionDate: row.sessionDate });
  }
}

type RowKey = Pick<SquareOffToOpen, 'strategyId' | 'sessionDate'>;

function isSame(left: RowKey, right: RowKey): boolean {
  return left.strategyId === right.strategyId && left.sessionDate === right.sessionDate;
}

/** A tick in the future was made by another trading clock (rehearsals, tests) and says nothing here. */
function lastTick({ lastTickMinute }: Clock, now: Temporal.ZonedDateTime) {
  if (lastTickMinute === null) return undefined;
  const tick = Temporal.Instant.fromEpochMilliseconds(lastTickMinute.getTime());
  return tick.epochMilliseconds > now.epochMilliseconds ? undefined : tick;
}

/**
 * Whether a strategy is due on a date. Its time was set on the database's clock and is due on the
 * trading clock, which may be another (rehearsals, tests): so ages are compared, not instants.
 */
function dueOn(
  deps: OpenDueDeps,
  args: {
    strategy: StrategyToSquareOff;
    date: Temporal.PlainDate;
    now: Temporal.ZonedDateTime;
    since: Temporal.Instant | undefined;
  },
): DueSquareOff[] {
  const { strategy, date, now, since } = args;
  const session = squareOffOn(strategy, date, deps.calendar);
  // What closed before the last tick, that one has seen.
  if (session === undefined || isBefore(session.closesAt, since)) return [];
  const dueAgoMs = agoMs(session.dueAt, now);
  if (dueAgoMs < 0 || strategy.armedAgoMs < dueAgoMs) return [];
  const isOver = agoMs(session.closesAt, now) >= 0;
  const status = isOver ? 'missed' : 'working';
  const detail = isOver ? 'Nothing ran at its time, and the session is over' : null;
  const dueTime = strategy.squareoffTime;
  const row = { strategyId: strategy.id, sessionDate: date.toString(), dueTime, detail };
  return [{ row: { ...row, status }, strategy, dueAgoMs }];
}

function lateAlert({ strategy, row, dueAgoMs }: DueSquareOff): AlertToRaise | undefined {
  if (dueAgoMs <= lateMs) return undefined;
  const minutes = Math.round(dueAgoMs / 60_000);
  return {
    code: 'square_off_late',
    subject: `${strategy.name} ${row.sessionDate}`,
    strategyId: strategy.id,
    text: `The square-off of ${strategy.name} begins ${minutes} minutes late`,
  };
}

async function missedAlert(
  db: Db,
  { strategy, row: { sessionDate } }: DueSquareOff,
  now: Temporal.ZonedDateTime,
): Promise<AlertToRaise> {
  const span = dateSpan(Temporal.PlainDate.from(sessionDate), now);
  const traded = await listTradedInstruments(db, { strategyId: strategy.id, ...span });
  const names = traded.map(({ instrument }) => instrumentKey(instrument));
  const exposure =
    names.length === 0 ? 'it traded nothing that day' : `may be open: ${names.join(', ')}`;
  return {
    code: 'square_off_missed',
    subject: `${strategy.name} ${sessionDate}`,
    strategyId: strategy.id,
    text: `${strategy.name} was not squared off on ${sessionDate}: ${exposure}`,
  };
}

function isBefore(instant: Temporal.ZonedDateTime, limit: Temporal.Instant | undefined): boolean {
  return limit !== undefined && instant.epochMilliseconds <= limit.epochMilliseconds;
}
