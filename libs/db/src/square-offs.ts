import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** A square-off that one scheduler works on. */
export interface SquareOffToWork {
  id: number;
  strategyId: StrategyId;
  /** `YYYY-MM-DD` */
  sessionDate: string;
  /** `HH:MM` of Asia/Kolkata, as it was when it was opened. */
  dueTime: string;
  worker: string;
  /** An earlier try found the position book empty. */
  foundEmpty: boolean;
}

/**
 * Takes square-offs that nobody works on, or whose worker went silent; each is one scheduler's.
 * @param args.after only those with a greater id
 */
export async function takeSquareOffs(
  db: Db,
  args: { worker: string; leaseMs: number; limit: number; after: number },
): Promise<SquareOffToWork[]> {
  const { rows } = await sql<SquareOffToWork>`
    update square_offs set worker = ${args.worker}, lease_until = clock_timestamp() + ms(${args.leaseMs})
    where id in (select id from square_offs where status = 'working' and lease_until <= clock_timestamp() and id > ${args.after}
      order by id limit ${args.limit} for update skip locked)
    returning id, strategy_id as "strategyId", session_date as "sessionDate", due_time as "dueTime", worker,
      book_empty_at is not null as "foundEmpty"`.execute(db);
  return rows;
}

/** Locks it for the transaction; false when it is done, or another's by now. */
export async function lockSquareOff(
  db: Db,
  squareOff: Pick<SquareOffToWork, 'id' | 'worker'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('square_offs')
    .select('id')
    .where('id', '=', squareOff.id)
    .where('worker', '=', squareOff.worker)
    .where('status', '=', 'working')
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** It is over and stores nothing more: too late, or its strategy is gone. */
export async function endSquareOff(
  db: Db,
  args: { id: number; detail: string; isMissed: boolean },
): Promise<void> {
  const otherwise = args.isMissed ? 'missed' : 'nothing_open';
  await db
    .updateTable('square_offs')
    .set({
      status: sql<'sent'>`case when exits > 0 then 'sent' else ${otherwise} end`,
      detail: args.detail,
      ended_at: sql<Date>`clock_timestamp()`,
      lease_until: null,
    })
    .where('id', '=', args.id)
    .execute();
  // Its closings may all have ended before.
  await sql`select end_square_off(${args.id})`.execute(db);
}

/** Whether today's orders, ours and those in the broker's book, leave something open on the account. */
export async function accountMayHold(
  db: Db,
  args: { accountId: AccountId; mode: TradingModeSeen },
): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select account_may_hold(${args.accountId}, ${args.mode}) as may`.execute(db);
  return rows[0]?.may ?? true;
}
