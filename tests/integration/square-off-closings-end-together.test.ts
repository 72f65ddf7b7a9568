import { randomUUID } from 'node:crypto';
import { endClosing } from '@orderlane/db/closings';
import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Seed, seedStrategy } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

async function makeSquareOff({ db, strategyId }: Seed): Promise<number> {
  const date = { session_date: '2026-02-10', due_time: '15:15' };
  const { id } = await db
    .insertInto('square_offs')
    .values({ strategy_id: strategyId, ...date, status: 'sent', exits: 2 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function makeClosing(
  { db, strategyId, accountId }: Seed,
  args: { symbol: string; squareOffId: number },
): Promise<string> {
  const place = { exchange: 'NSE', symbol: args.symbol, product: 'MIS' } as const;
  const { id: instrument } = await db
    .insertInto('strategy_instruments')
    .values({ strategy_id: strategyId, account_id: accountId, ...place })
    .returning('id')
    .executeTakeFirstOrThrow();
  const id = randomUUID();
  await db
    .insertInto('closings')
    .values({
      ...{ id, strategy_instrument_id: instrument, cause: 'square_off', priority: 1 },
      square_off_id: args.squareOffId,
    })
    .execute();
  return id;
}

async function isSomebodyBlocked(db: Db): Promise<boolean> {
  const { rows } = await sql`select from pg_locks l join pg_database d on d.oid = l.database
    where not l.granted and d.datname = current_database()
    union all
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    db,
  );
  return rows.length > 0;
}

it('a square-off is over when its last two closings end at once', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  const seed = await seedStrategy(db);
  const squareOffId = await makeSquareOff(seed);
  const one = await makeClosing(seed, { symbol: 'SBIN', squareOffId });
  const other = await makeClosing(seed, { symbol: 'INFY', squareOffId });
  const end = async (locked: Db, id: string) =>
    await endClosing(locked, { id, status: 'verified', detail: null });
  let isDone = false;
  const { later } = await db.transaction().execute(async (first) => {
    await end(first, one);
    const second = db
      .transaction()
      .execute(async (locked) => await end(locked, other))
      .then(() => {
        isDone = true;
      });
    // It has looked at the first, whether it then goes on or waits for it.
    await expect.poll(async () => isDone || (await isSomebodyBlocked(db))).toBe(true);
    return { later: second };
  });
  await later;
  const squareOff = await db
    .selectFrom('square_offs')
    .select(['status', 'ended_at'])
    .executeTakeFirstOrThrow();
  expect(squareOff).toEqual({ status: 'verified', ended_at: expect.any(Date) });
});
