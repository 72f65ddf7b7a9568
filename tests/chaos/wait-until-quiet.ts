import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';
import type { Simulator } from './fleet/open-ground.ts';

interface Parts {
  db: Db;
  simulator: Simulator;
  /** An indeterminate order younger than this may still settle by itself (ms). */
  settlesWithinMs: number;
}

/** What still moves. */
interface Moving {
  text: string;
  count: number;
}

/**
 * Waits until no order is on its way any more and OpenAlgo has nothing under way, or until for so long
 * nothing has come to an end: a slow machine gets its time. What waits for an order that only a
 * person can settle, waits for that person; what waits for the analyzer, for whoever turns it on.
 * @returns what was still moving then, or undefined
 */
export async function waitUntilQuiet(parts: Parts, withinMs: number): Promise<string | undefined> {
  let until = Date.now() + withinMs;
  let fewest = Number.POSITIVE_INFINITY;
  let moving: Moving | undefined;
  do {
    moving = await findMoving(parts);
    if (moving === undefined) return undefined;
    if (moving.count < fewest) until = Date.now() + withinMs;
    fewest = Math.min(fewest, moving.count);
    await sleep(500);
  } while (Date.now() < until);
  return moving.text;
}

async function findMoving(parts: Parts): Promise<Moving | undefined> {
  const rows = await listMoving(parts);
  const calls = (await parts.simulator.calls()).filter(({ end }) => end === null).length;
  const kinds = calls > 0 ? [...rows, { status: 'calls at OpenAlgo', count: calls }] : rows;
  if (kinds.length === 0) return undefined;
  return {
    text: kinds.map(({ status, count }) => `${count} ${status}`).join(', '),
    count: kinds.reduce((sum, { count }) => sum + count, 0),
  };
}

async function listMoving({ db, settlesWithinMs }: Parts) {
  const { rows } = await sql<{ status: string; count: number }>`
    select status, count(*)::integer as count from orders o
    where status = 'submitting'
      or (status = 'queued' and not mode_differs(o) and not exists (select from orders x
        where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol
          and x.product = o.product and x.id <> o.id
          and x.status in ('indeterminate', 'awaiting_approval')))
      or (status = 'indeterminate' and claimed_at > clock_timestamp() - ms(${settlesWithinMs}))
      or (status = 'accepted' and mode = 'live')
    group by status
    union all
    select 'closings', count(*)::integer from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
    where c.status = 'open' and coalesce(c.mode, account_mode(si.account_id)) = account_mode(si.account_id)
      and not exists (select from orders x
      where x.account_id = si.account_id and x.exchange = si.exchange and x.symbol = si.symbol
        and x.product = si.product and x.status in ('indeterminate', 'awaiting_approval'))
    having count(*) > 0
    union all
    select 'square-offs', count(*)::integer from square_offs q where q.status = 'working' having count(*) > 0`.execute(
    db,
  );
  return rows;
}
