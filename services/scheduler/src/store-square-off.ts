import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import {
  putDownSquareOff,
  type SquareOffEnd,
  type TakenUpSquareOff,
  takeUpSquareOff,
} from '@orderlane/db/square-off-steps';
import type { SquareOffToWork } from '@orderlane/db/square-offs';
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
  /** Before a closing is looked at of which nothing moves (ms). */
  watchMs: number;
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
  const mapped = plan(deps, args, { traded: [], held: [], otherMode: [], stored: new Set() });
  const open = mapped.exits.map(({ instrument }) => instrument);
  const span = dateSpan(Temporal.PlainDate.from(squareOff.sessionDate), args.now);
  return await deps.db.transaction().execute(async (db) => {
    const facts = await takeUpSquareOff(db, { squareOff, strategyId, accountId, open, span });
    if (facts === undefined) return undefined;
    const made = plan(deps, args, facts);
    const planned = made.exits.map((exit) => ({ ...exit, id: brandIds.order(deps.newId()) }));
    const end = endOf(deps, { ...args, plan: made });
    const exits = await putDownSquareOff(db, {
      ...{ id: squareOff.id, strategyId, strategyName: strategy.name },
      ...{ exits: planned, firstLookMs: deps.watchMs, end },
    });
    for (const alert of alertsOf({ ...args, plan: made, facts })) await raiseAlert(db, alert);
    return { voided: facts.voided, exits, isDone: end.isDone };
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

/** A strategy's own position is known without the account's book. */
function endOf(
  { retryMs }: StoreSquareOffDeps,
  { strategy, positions, plan: made }: SquareOffToStore & { plan: SquareOffPlan },
): SquareOffEnd {
  if (positions.kind === 'clean' || strategy.positionScope === 'strategy') {
    return { isDone: true, detail: tooLateText(made) };
  }
  const foundEmpty = positions.kind === 'empty';
  const detail = foundEmpty ? 'the position book is empty: it is read once more' : positions.reason;
  return { isDone: false, detail, againInMs: retryMs, foundEmpty };
}

function alertsOf({
  strategy,
  positions,
  plan: made,
  facts,
}: SquareOffToStore & {
  plan: SquareOffPlan;
  facts: Pick<TakenUpSquareOff, 'brakes'>;
}): AlertToRaise[] {
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
    const code = facts.brakes.get(accountId) ?? null;
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
