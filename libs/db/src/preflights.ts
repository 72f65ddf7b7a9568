import type { StrategyId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { Db } from './open-db.ts';

/** One look at what stands in the way of a square-off, before it is due. */
export interface Preflight {
  strategyId: StrategyId;
  /** `YYYY-MM-DD` */
  sessionDate: string;
  /** `HH:MM` of Asia/Kolkata, as it is set. A time that is moved is looked at again. */
  dueTime: string;
}

export async function isPreflightDone(db: Db, preflight: Preflight): Promise<boolean> {
  const { strategyId, sessionDate, dueTime } = preflight;
  const row = await db
    .selectFrom('square_off_preflights')
    .select('at')
    .where('strategy_id', '=', strategyId)
    .where('session_date', '=', sessionDate)
    .where('due_time', '=', dueTime)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes down what was found, in the transaction that tells it; false when somebody has before. */
export async function recordPreflight(
  db: Db,
  { preflight, found }: { preflight: Preflight; found: readonly RefusalCode[] },
): Promise<boolean> {
  const { strategyId, sessionDate, dueTime } = preflight;
  const row = await db
    .insertInto('square_off_preflights')
    .values({
      ...{ strategy_id: strategyId, session_date: sessionDate, due_time: dueTime },
      found: [...found],
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('at')
    .executeTakeFirst();
  return row !== undefined;
}
