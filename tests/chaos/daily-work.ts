import { setTimeout as sleep } from 'node:timers/promises';
import { updateStrategy } from '@orderlane/db/change-strategies';
import { sql } from 'kysely';
import { answerQuestions, type PeopleParts } from './people.ts';
import type { ChaosStrategy } from './signals/strategies.ts';

export interface DailyWork {
  strategies: readonly ChaosStrategy[];
  /** What time it is on the market. */
  now(): Temporal.ZonedDateTime;
  /** After this an order of unknown fate has one for good (ms). */
  decidedAfterMs: number;
  /** Aborted when the run is over. */
  ending: AbortSignal;
}

const EVERY_MS = 4000;
/** A strategy stays squared off for a while, and may enter again then. */
const SQUARED_OFF_MS = 10_000;
const MOST_QUESTIONS = 3;

/**
 * What people do all along: they move square-offs that are done to a later minute, and say what became
 * of the orders that they are asked about.
 */
export async function workDaily(parts: PeopleParts, work: DailyWork): Promise<void> {
  while (!work.ending.aborted) {
    await sleep(EVERY_MS, undefined, { signal: work.ending }).catch(() => undefined);
    // Postgres may be away: they look again.
    await lookOnce(parts, work).catch(() => undefined);
  }
}

async function lookOnce(parts: PeopleParts, work: DailyWork): Promise<void> {
  for (const { id } of work.strategies.filter(({ isIntraday }) => isIntraday)) {
    await moveSquareOff(parts, { id, now: work.now() });
  }
  await answerQuestions(parts, await listDecided(parts, work));
}

async function moveSquareOff(
  { db, timeline }: PeopleParts,
  { id, now }: { id: ChaosStrategy['id']; now: Temporal.ZonedDateTime },
): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select s.name from square_offs q join strategies s on s.id = q.strategy_id and s.squareoff_time = q.due_time
      where s.id = ${id} and q.status not in ('working', 'sent')
        and q.created_at < clock_timestamp() - ms(${SQUARED_OFF_MS})`.execute(db);
  const [done] = rows;
  if (done === undefined) return;
  const at = (minutes: number) => now.add({ minutes }).toPlainTime().toString().slice(0, 5);
  const values = { end_time: at(1), squareoff_time: at(2) };
  await updateStrategy(db, { id, values });
  timeline.add('run', `a person moves the square-off of ${done.name} to ${values.squareoff_time}`);
}

/** A person is asked about these, and by now OpenAlgo has made of them whatever it does. */
async function listDecided({ db }: PeopleParts, { decidedAfterMs }: DailyWork) {
  const { rows } = await sql<{ id: string }>`
    select o.id from orders o join openalgo_accounts a on a.id = o.account_id and a.trades_elsewhere
      where o.status = 'indeterminate' and o.claimed_at < clock_timestamp() - ms(${decidedAfterMs})
        and exists (select from alerts where order_id = o.id)
      order by o.claimed_at limit ${MOST_QUESTIONS}`.execute(db);
  return rows;
}
