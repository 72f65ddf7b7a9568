import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import {
  listHeldInOtherMode,
  listHeldThere,
  listStoredExits,
  listTradedInstruments,
  lockInstruments,
  storeExits,
  voidQueuedEntries,
} from '@orderlane/db/square-off-exits';
import {
  endSquareOff,
  findExitBrake,
  lockSquareOff,
  postponeSquareOff,
  type SquareOffToWork,
} from '@orderlane/db/square-offs';
import { brandIds } from '@orderlane/domain/ids';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import type { Calendar } from '@orderlane/domain/market-calendar';
import {
  planSquareOff,
  type SquareOffInput,
  type SquareOffPlan,
} from '@orderlane/domain/plan-square-off';
import type { Strategy } from '@orderlane/domain/strategy';
import type { ReadPositions } from './read-positions.ts';
import { dateSpan } from './session-dates.ts';

export interface StoreSquareOffDeps {
  db: Db;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
  newId(): string;
  /** Before an unfinished square-off is taken up again (ms). */
  retryMs: number;
}

export interface SquareOffToStore {
  squareOff: SquareOffToWork;
  strategy: Strategy;
  positions: ReadPositions;
  now: Temporal.ZonedDateTime;
}

export interface StoredSquareOff {
  exits: DueOrder[];
  /** Unsent entries that ended; their jobs are dead. */
  voided: Omit<DueOrder, 'priority'>[];
  /** False: it is taken up again, the position book is not known yet. */
  isDone: boolean;
}

/**
 * Stores all exits of a square-off that are known, and its end once the position book was read, in
 * one transaction. Undefined when it is done, or another scheduler's by now: then nothing is stored.
 */
export async function storeSquareOff(
  deps: StoreSquareOffDeps,
  args: SquareOffToStore,
): Promise<StoredSquareOff | undefined> {
  const { squareOff, strategy } = args;
  const { id: strategyId, accountId } = strategy;
  return await deps.db.transaction().execute(async (db) => {
    if (!(await lockSquareOff(db, squareOff))) return undefined;
    const mapped = plan(deps, args, { traded: [], held: [], otherMode: [], stored: new Set() });
    const open = mapped.exits.map(({ instrument }) => instrument);
    // From here on nothing is stored for the strategy, and none of its entries is claimed.
    await lockInstruments(db, { strategyId, accountId, open });
    const voided = await voidQueuedEntries(db, strategyId);
    const span = dateSpan(Temporal.PlainDate.from(squareOff.sessionDate), args.now);
    const held = await listHeldThere(db, strategyId);
    const otherMode = await listHeldInOtherMode(db, strategyId);
    const traded = await listTradedInstruments(db, { strategyId, ...span, isPresentMode: true });
    const stored = await listStoredExits(db, squareOff.id);
    const known = { traded, held, otherMode, stored };
    return {
      voided,
      ...(await storePlan(deps, db, { ...args, plan: plan(deps, args, known) })),
    };
  });
}

function plan(
  { calendar, isAuctionStock }: StoreSquareOffDeps,
  { squareOff, strategy, positions, now }: SquareOffToStore,
  known: Pick<SquareOffInput, 'traded' | 'held' | 'otherMode' | 'stored'>,
): SquareOffPlan {
  return planSquareOff({
    ...known,
    calendar,
    isAuctionStock,
    now,
    strategy: { ...strategy, squareoffTime: squareOff.dueTime },
    positions: positions.kind === 'clean' ? positions.positions : null,
    sessionDate: Temporal.PlainDate.from(squareOff.sessionDate),
  });
}

async function storePlan(
  deps: StoreSquareOffDeps,
  db: Db,
  args: SquareOffToStore & { plan: SquareOffPlan },
): Promise<Omit<StoredSquareOff, 'voided'>> {
  const { squareOff, strategy, positions } = args;
  const { id: strategyId, name: strategyName } = strategy;
  const planned = args.plan.exits.map((exit) => ({ ...exit, id: brandIds.order(deps.newId()) }));
  const exits = await storeExits(db, {
    squareOffId: squareOff.id,
    strategyId,
    strategyName,
    exits: planned,
  });
  for (const alert of await alertsOf(db, args)) await raiseAlert(db, alert);
  const { id } = squareOff;
  if (positions.kind === 'clean' || strategy.positionScope === 'strategy') {
    await endSquareOff(db, {
      id,
      exits: exits.length,
      detail: tooLateText(args.plan),
      isMissed: false,
    });
    return { exits, isDone: true };
  }
  const isEmpty = positions.kind === 'empty';
  const detail = isEmpty ? 'the position book is empty: it is read once more' : positions.reason;
  await postponeSquareOff(db, { id, exits: exits.length, retryMs: deps.retryMs, isEmpty, detail });
  return { exits, isDone: false };
}

async function alertsOf(
  db: Db,
  { strategy, positions, plan: made }: SquareOffToStore & { plan: SquareOffPlan },
): Promise<AlertToRaise[]> {
  const { exits, tooLate, leftInOtherMode } = made;
  const about = { subject: strategy.name, strategyId: strategy.id };
  const alerts: AlertToRaise[] = [];
  if (positions.kind === 'unread') {
    const text = `Square-off of ${strategy.name}: the position book cannot be read (${positions.reason}); what the strategy traded is being closed, mapped symbols wait`;
    alerts.push({ ...about, code: 'positions_unread', text });
  }
  if (tooLate.length > 0) {
    const text = `Square-off of ${strategy.name}: the market has closed for ${namesOf(tooLate)}`;
    alerts.push({ ...about, code: 'square_off_missed', text });
  }
  if (leftInOtherMode.length > 0) {
    const left = leftInOtherMode.map(
      ({ instrument, held, mode }) => `${held.own} ${instrumentKey(instrument)} (${mode})`,
    );
    const text = `Square-off of ${strategy.name}: what was built in the other mode is not closed beside that of the present one: ${left.join(', ')}`;
    alerts.push({ ...about, code: 'mode_changed', text });
  }
  for (const [accountId, waiting] of Map.groupBy(exits, (exit) => exit.accountId)) {
    const code = await findExitBrake(db, { accountId, strategyId: strategy.id });
    if (code === null) continue;
    const named = namesOf(waiting.map(({ instrument }) => instrument));
    const text = `Square-off of ${strategy.name} waits (${code}): ${named} may be open`;
    alerts.push({ ...about, accountId, code, text });
  }
  return alerts;
}

function tooLateText({ tooLate }: SquareOffPlan): string | null {
  return tooLate.length === 0 ? null : `market closed: ${namesOf(tooLate)}`;
}

function namesOf(instruments: readonly Instrument[]): string {
  return instruments.map(instrumentKey).join(', ');
}
