import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange } from '@orderlane/domain/instrument';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

/** An intraday strategy, active or not, as the clock looks at it. */
export interface StrategyToSquareOff {
  id: StrategyId;
  name: string;
  accountId: AccountId | null;
  /** `HH:MM` of Asia/Kolkata. */
  squareoffTime: string;
  /** Those of its mappings and of what it ordered lately. */
  exchanges: Exchange[];
  /** Since its time was set, on the database's clock (ms). */
  armedAgoMs: number;
}

/** @param args.sinceMs how far back its orders name exchanges that no mapping names any more (ms) */
export async function listStrategiesToSquareOff(
  db: Db,
  args: { sinceMs: number },
): Promise<StrategyToSquareOff[]> {
  const { rows } = await sql<StrategyToSquareOff>`
    select s.id, s.name, s.account_id as "accountId", s.squareoff_time as "squareoffTime",
      extract(epoch from clock_timestamp() - s.squareoff_armed_at)::float8 * 1000 as "armedAgoMs",
      array(select exchange from strategy_symbol_mappings where strategy_id = s.id
        union select exchange from orders
          where strategy_id = s.id and stored_at >= clock_timestamp() - ms(${args.sinceMs})) as exchanges
    from strategies s
    where s.is_intraday and s.deleted_at is null
    order by s.id`.execute(db);
  return rows;
}

export interface SquareOffToOpen {
  strategyId: StrategyId;
  /** `YYYY-MM-DD`: the date on which the session began. */
  sessionDate: string;
  dueTime: string;
  /** `missed`: the session is over. */
  status: 'working' | 'missed';
  detail: string | null;
}

export interface OpenedSquareOff {
  id: number;
  strategyId: StrategyId;
  sessionDate: string;
  status: 'working' | 'missed';
}

/**
 * Writes down the square-offs that are due and were not opened yet, each once whoever asks; a time
 * moved later than the last one opens a further run. From the commit on the ingress refuses entries
 * of their strategies.
 */
export async function openSquareOffs(
  db: Db,
  due: readonly SquareOffToOpen[],
): Promise<OpenedSquareOff[]> {
  if (due.length === 0) return [];
  const { rows } = await sql<OpenedSquareOff>`
    insert into square_offs (strategy_id, session_date, run, due_time, status, lease_until, detail, ended_at)
      select x."strategyId", x."sessionDate", 1 + coalesce(q.runs, 0), x."dueTime", x.status, '-infinity', x.detail,
        case x.status when 'missed' then clock_timestamp() end
      from jsonb_to_recordset(${jsonParameter(due)}::jsonb)
          x("strategyId" integer, "sessionDate" date, "dueTime" text, status text, detail text),
        lateral (select max(run) as runs, max(due_time) as due_time from square_offs
          where strategy_id = x."strategyId" and session_date = x."sessionDate") q
      where q.due_time is null or q.due_time < x."dueTime"
      order by 1, 2
      on conflict (strategy_id, session_date, run) do nothing
    returning id, strategy_id as "strategyId", session_date as "sessionDate", status`.execute(db);
  const began = rows.filter(({ status }) => status === 'working').map((row) => row.strategyId);
  if (began.length > 0) {
    await db
      .updateTable('strategies')
      .set({ version: sql<number>`version + 1` })
      .where('id', 'in', began)
      .execute();
  }
  return rows;
}

/** The latest time (`HH:MM`) of a square-off of the session that began already; null: none has. */
export async function findLastDueTime(
  db: Db,
  args: { strategyId: StrategyId; sessionDate: string },
): Promise<string | null> {
  const last = await db
    .selectFrom('square_offs')
    .select(({ fn }) => fn.max('due_time').as('dueTime'))
    .where('strategy_id', '=', args.strategyId)
    .where('session_date', '=', args.sessionDate)
    .executeTakeFirst();
  return last?.dueTime ?? null;
}
