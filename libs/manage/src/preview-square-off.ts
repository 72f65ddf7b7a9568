import { findAccount } from '@orderlane/db/accounts';
import { listStrategiesToSquareOff } from '@orderlane/db/open-square-offs';
import { type ListedSquareOff, pageSquareOffs } from '@orderlane/db/square-off-list';
import { covers } from '@orderlane/domain/former-mapping';
import type { AccountId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import type { Mapping } from '@orderlane/domain/mapping';
import { type NextSquareOff, nextSquareOff } from '@orderlane/domain/next-square-off';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { type ExitPlan, exitKey } from '@orderlane/domain/plan-closing';
import { type Obstacle, obstaclesTo } from '@orderlane/domain/square-off-obstacles';
import type { Strategy } from '@orderlane/domain/strategy';
import {
  forecastSquareOff,
  type OutlookDeps,
  type SquareOffForecast,
} from './outlook-square-off.ts';

/** An exit that the square-off would make as things are now. */
export interface PreviewedExit
  extends Pick<ExitPlan, 'accountId' | 'instrument' | 'lane' | 'action'> {
  account: string | null;
  /** Shares; null: all that the account holds of it. */
  quantity: number | null;
  /** What the strategy itself owns, and what its orders may still bring (signed shares). */
  own: number;
  coming: number;
  /** `held`: the strategy holds or awaits it; `traded`: it traded it that day, scope account. */
  why: 'held' | 'traded';
  /** It was built in this mode, and is not sent before OpenAlgo is back in it; null: it is sent. */
  waitsForMode: TradingModeSeen | null;
  /** It is kept back until then, for the closing auction; null: it is sent when it is due. */
  heldUntil: Temporal.ZonedDateTime | null;
}

export interface SquareOffPreview {
  strategy: Strategy;
  /** Undefined: it is positional, or none of its exchanges opens within two weeks. */
  next: NextSquareOff | undefined;
  exits: PreviewedExit[];
  /** Scope account: closed as well if the account's position book shows them open at that time. */
  watched: Pick<Mapping, 'exchange' | 'symbol' | 'product' | 'signalSymbol'>[];
  tooLate: readonly Instrument[];
  obstacles: Obstacle[];
  /** The newest that has begun. */
  last: ListedSquareOff | undefined;
}

/** How far back its orders name exchanges that no mapping names any more (ms): as the tick asks. */
const lookBackMs = 172_800_000;

/** What the next square-off of a strategy closes, when, by which rule, and what stands in its way. */
export async function previewSquareOff(
  deps: OutlookDeps,
  { strategy, now }: { strategy: Strategy; now: Temporal.ZonedDateTime },
): Promise<SquareOffPreview> {
  const { db, calendar } = deps;
  const filter = { tenant: null, strategyId: strategy.id, date: undefined };
  const [last] = await pageSquareOffs(db, filter, { below: undefined, limit: 1 });
  const due = (await listStrategiesToSquareOff(db, { sinceMs: lookBackMs })).find(
    ({ id }) => id === strategy.id,
  );
  const next = due && nextSquareOff(due, { now, calendar });
  const nothing = { strategy, next, last, exits: [], watched: [], tooLate: [], obstacles: [] };
  if (next === undefined) return nothing;
  const forecast = await forecastSquareOff(deps, { strategy, next, now });
  const exits: PreviewedExit[] = [];
  for (const exit of forecast.plan.exits) exits.push(await exitOf(deps, { exit, forecast, next }));
  return {
    ...nothing,
    exits,
    watched: watchedOf(strategy, exits),
    tooLate: forecast.plan.tooLate,
    obstacles: obstaclesTo(forecast.outlook),
  };
}

async function exitOf(
  { db }: OutlookDeps,
  args: { exit: ExitPlan; forecast: SquareOffForecast; next: NextSquareOff },
): Promise<PreviewedExit> {
  const { exit, forecast, next } = args;
  const { accountId, instrument, lane, action, quantity, notBeforeMs } = exit;
  const { held, otherMode } = forecast.input;
  const there = (exit.mode === undefined ? held : otherMode).find(
    (each) => exitKey(each) === exitKey(exit),
  );
  return {
    ...{ accountId, instrument, lane, action },
    account: await nameOf(db, accountId),
    quantity: lane === 'smart' ? null : quantity,
    own: there?.held.own ?? 0,
    coming: there?.held.coming ?? 0,
    why: there === undefined ? 'traded' : 'held',
    waitsForMode: exit.mode ?? null,
    heldUntil: notBeforeMs === null ? null : next.dueAt.add({ milliseconds: notBeforeMs }),
  };
}

async function nameOf(db: OutlookDeps['db'], id: AccountId): Promise<string | null> {
  return (await findAccount(db, id))?.name ?? null;
}

function watchedOf({ positionScope, mappings }: Strategy, exits: readonly PreviewedExit[]) {
  if (positionScope === 'strategy') return [];
  return mappings
    .filter(
      (each) => each.signalSymbol === '*' || !exits.some((exit) => covers(each, exit.instrument)),
    )
    .map(({ exchange, symbol, product, signalSymbol }) => ({
      ...{ exchange, symbol, product, signalSymbol },
    }));
}
