import type { AccountRow } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import {
  listStrategiesToSquareOff,
  type StrategyToSquareOff,
} from '@orderlane/db/open-square-offs';
import { isPreflightDone, recordPreflight } from '@orderlane/db/preflights';
import { findStrategy } from '@orderlane/db/strategies';
import type { AccountId } from '@orderlane/domain/ids';
import { instrumentKey } from '@orderlane/domain/instrument';
import { type NextSquareOff, nextSquareOff } from '@orderlane/domain/next-square-off';
import {
  isAtStake,
  isPassing,
  type Obstacle,
  obstaclesTo,
} from '@orderlane/domain/square-off-obstacles';
import type { Strategy } from '@orderlane/domain/strategy';
import {
  type BookLook,
  forecastSquareOff,
  type OutlookDeps,
  type SquareOffForecast,
} from '@orderlane/manage/outlook-square-off';
import { dateSpan } from './session-dates.ts';

export interface PreflightDeps extends OutlookDeps {
  now(): Temporal.ZonedDateTime;
  look(account: AccountRow): Promise<BookLook>;
  /** How long before the time of a square-off it is looked (ms). */
  leadMs: number;
  onFault(error: unknown): void;
}

interface Flight {
  strategy: Strategy;
  next: NextSquareOff;
}

/**
 * Looks at each square-off that is due soon, once, and tells what stands in its way while there is time
 * to mend it. What may be over in a moment is looked at again until half of the time is gone.
 * Harmless to repeat, and for several schedulers at once: one of them tells.
 */
export async function preflightSquareOffs(deps: PreflightDeps): Promise<void> {
  const now = deps.now();
  const { sinceMs } = dateSpan(now.toPlainDate().subtract({ days: 1 }), now);
  const strategies = await listStrategiesToSquareOff(deps.db, { sinceMs });
  const looks = new Map<AccountId, Promise<BookLook>>();
  const shared = {
    ...deps,
    look: async (account: AccountRow) => {
      const look = looks.get(account.id) ?? deps.look(account);
      looks.set(account.id, look);
      return await look;
    },
  };
  const all = strategies.map(async (due) => {
    // One strategy's fault must not keep another's owner from being told.
    await preflight(shared, due, now).catch(deps.onFault);
  });
  await Promise.all(all);
}

async function preflight(
  deps: PreflightDeps,
  due: StrategyToSquareOff,
  now: Temporal.ZonedDateTime,
): Promise<void> {
  const next = nextSquareOff(due, { now, calendar: deps.calendar });
  if (next === undefined || leftMs(next, now) > deps.leadMs) return;
  if (await isPreflightDone(deps.db, keyOf(due, next))) return;
  const strategy = await findStrategy(deps.db, due.id);
  if (strategy === undefined) return;
  const forecast = await forecastSquareOff(deps, { strategy, next, now });
  const found = isAtStake(forecast.outlook) ? obstaclesTo(forecast.outlook) : [];
  const mayPass = found.length > 0 && found.every(isPassing);
  if (mayPass && leftMs(next, now) > deps.leadMs / 2) return;
  await tell(deps, { strategy, next }, { due, forecast, found });
}

function leftMs({ dueAt }: NextSquareOff, now: Temporal.ZonedDateTime): number {
  return dueAt.epochMilliseconds - now.epochMilliseconds;
}

function keyOf({ id, squareoffTime }: StrategyToSquareOff, { sessionDate }: NextSquareOff) {
  return { strategyId: id, sessionDate: sessionDate.toString(), dueTime: squareoffTime };
}

async function tell(
  { db }: PreflightDeps,
  { strategy, next }: Flight,
  args: { due: StrategyToSquareOff; forecast: SquareOffForecast; found: readonly Obstacle[] },
): Promise<void> {
  const { due, forecast, found } = args;
  const preflightKey = keyOf(due, next);
  const codes = [...new Set(found.map(({ code }) => code))];
  await db.transaction().execute(async (trx) => {
    const isFirst = await recordPreflight(trx, { preflight: preflightKey, found: codes });
    if (!isFirst || found.length === 0) return;
    const { id: strategyId, name, accountId } = strategy;
    await raiseAlert(trx, {
      // What the auction alone means is known since the time was chosen, and may be declined.
      code: codes.every((code) => code === 'closing_auction')
        ? 'closing_auction'
        : 'square_off_at_risk',
      subject: `${name} ${preflightKey.sessionDate} ${preflightKey.dueTime}`,
      text: textOf({ strategy, next }, { forecast, found }),
      ...{ strategyId, ...(accountId !== null && { accountId }) },
    });
  });
}

const shownAtMost = 5;

function textOf(
  { strategy, next }: Flight,
  { forecast, found }: { forecast: SquareOffForecast; found: readonly Obstacle[] },
): string {
  const names = forecast.plan.exits.map(({ instrument }) => instrumentKey(instrument));
  const more = names.length > shownAtMost ? ` and ${names.length - shownAtMost} more` : '';
  const toClose = names.length === 0 ? '' : ` of ${names.slice(0, shownAtMost).join(', ')}${more}`;
  const at = next.dueAt.toPlainTime().toString({ smallestUnit: 'minute' });
  return `Square-off of ${strategy.name} at ${at}${toClose}. ${found.map(({ text }) => text).join('. ')}`;
}
