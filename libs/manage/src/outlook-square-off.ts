import { type AccountRow, findAccount } from '@orderlane/db/accounts';
import { listHeldPlaces } from '@orderlane/db/held-places';
import type { Db } from '@orderlane/db/open-db';
import {
  listHeldInOtherMode,
  listHeldThere,
  listTradedInstruments,
} from '@orderlane/db/square-off-exits';
import { listUnsettledThere, readAccountOutlook } from '@orderlane/db/square-off-outlook';
import type { AccountId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import { type Lane, lanes } from '@orderlane/domain/lane';
import type { Calendar } from '@orderlane/domain/market-calendar';
import type { NextSquareOff } from '@orderlane/domain/next-square-off';
import {
  type OpenPosition,
  planSquareOff,
  type SquareOffInput,
  type SquareOffPlan,
} from '@orderlane/domain/plan-square-off';
import type { AccountOutlook, SquareOffOutlook } from '@orderlane/domain/square-off-obstacles';
import type { Strategy } from '@orderlane/domain/strategy';
import type { CallPace } from '@orderlane/domain/time-to-send';

export interface OutlookDeps {
  db: Db;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
  paceOf(account: AccountRow): CallPace;
  /** Whether an executor serves a lane; left out where Redis cannot be asked. */
  isServed?(lane: Lane, accountId: AccountId): Promise<boolean>;
  /** What an account's position book shows; left out where nobody reads it now. */
  look?(account: AccountRow): Promise<BookLook>;
}

/** One look at a position book. */
export interface BookLook {
  /** Null: it could not be read. */
  positions: OpenPosition[] | null;
  failure: string | null;
}

export interface SquareOffForecast {
  /** What would be closed as things are now. */
  plan: SquareOffPlan;
  input: Pick<SquareOffInput, 'held' | 'otherMode'>;
  outlook: SquareOffOutlook;
}

const notLooked: BookLook = { positions: null, failure: null };

/** What the next square-off of a strategy would do as things are now, and what stands in its way. */
export async function forecastSquareOff(
  deps: OutlookDeps,
  args: { strategy: Strategy; next: NextSquareOff; now: Temporal.ZonedDateTime },
): Promise<SquareOffForecast> {
  const { db } = deps;
  const { strategy, next } = args;
  const own = strategy.accountId === null ? undefined : await findAccount(db, strategy.accountId);
  // First: what a look finds out about the broker session is among what the database knows then.
  const look = (own && (await deps.look?.(own))) ?? notLooked;
  const held = await listHeldThere(db, strategy.id);
  const otherMode = await listHeldInOtherMode(db, strategy.id);
  const span = { ...spanOf(args), isPresentMode: true };
  const traded = await listTradedInstruments(db, { strategyId: strategy.id, ...span });
  const plan = planSquareOff({
    ...{ strategy, held, traded, otherMode, positions: look.positions },
    ...{ stored: new Set<string>() },
    ...{ sessionDate: next.sessionDate, now: next.dueAt },
    ...{ calendar: deps.calendar, isAuctionStock: deps.isAuctionStock },
  });
  const outlook = await outlookOf(deps, { strategy, next, plan, look });
  return { plan, input: { held, otherMode }, outlook };
}

/** The part of its session date that is over (ms). */
function spanOf({ next, now }: { next: NextSquareOff; now: Temporal.ZonedDateTime }) {
  const began = next.sessionDate.toZonedDateTime('Asia/Kolkata').epochMilliseconds;
  return { sinceMs: Math.max(0, now.epochMilliseconds - began), untilMs: 0 };
}

async function outlookOf(
  deps: OutlookDeps,
  args: { strategy: Strategy; next: NextSquareOff; plan: SquareOffPlan; look: BookLook },
): Promise<SquareOffOutlook> {
  const { strategy, next, plan, look } = args;
  const places = await listHeldPlaces(deps.db, { strategyId: strategy.id });
  const otherMode = places
    .filter(({ otherOwn }) => otherOwn !== 0)
    .map(({ accountId, otherOwn, otherMode: mode, exchange, symbol, product }) => ({
      ...{ accountId, own: otherOwn, mode, instrument: { exchange, symbol, product } },
    }));
  const unsettled = await listUnsettledThere(deps.db, strategy.id);
  const concerned = [...plan.exits, ...otherMode, ...unsettled].map(({ accountId }) => accountId);
  const own = strategy.accountId === null ? [] : [strategy.accountId];
  const accounts: AccountOutlook[] = [];
  for (const id of new Set([...own, ...concerned])) {
    const account = await findAccount(deps.db, id);
    if (account === undefined) continue;
    const positionsFailure = id === strategy.accountId ? look.failure : null;
    accounts.push({ ...(await accountOf(deps, { account, strategy, plan })), positionsFailure });
  }
  const timeMs = next.closesAt.epochMilliseconds - next.dueAt.epochMilliseconds;
  const { exits, tooLate } = plan;
  return { timeMs, accounts, exits, tooLate, otherMode, unsettled };
}

async function accountOf(
  deps: OutlookDeps,
  args: { account: AccountRow; strategy: Strategy; plan: SquareOffPlan },
): Promise<Omit<AccountOutlook, 'positionsFailure'>> {
  const { account, strategy, plan } = args;
  const usual: Lane = strategy.positionScope === 'strategy' ? 'regular' : 'smart';
  const there = plan.exits.filter(({ accountId }) => accountId === account.id);
  const wanted = new Set([usual, ...there.map(({ lane }) => lane)]);
  const unservedLanes: Lane[] = [];
  for (const lane of lanes.filter((each) => wanted.has(each))) {
    const isServed = await (deps.isServed?.(lane, account.id) ?? true);
    if (!isServed) unservedLanes.push(lane);
  }
  const stored = await readAccountOutlook(deps.db, { account, strategyId: strategy.id });
  return { ...stored, unservedLanes, pace: deps.paceOf(account) };
}
