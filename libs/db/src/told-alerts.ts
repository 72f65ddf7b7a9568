import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An alert that was raised about something, and who has it. */
export interface ToldAlert {
  code: RefusalCode;
  text: string;
  at: Date;
  /** The targets that took it, such as `telegram`; none: nobody has it (yet). */
  sentTo: string[];
}

/**
 * What was told of each closing, by its id, oldest first. An alert about a closing ends its subject with
 * the id.
 */
export async function listToldOfClosings(
  db: Db,
  closings: readonly { id: string; opened_at: Date }[],
): Promise<Map<string, ToldAlert[]>> {
  const [first] = [...closings].sort((left, right) => +left.opened_at - +right.opened_at);
  if (first === undefined) return new Map();
  const ids = closings.map(({ id }) => id);
  const { rows } = await sql<ToldAlert & { id: string }>`
    select right(subject, 36) as id, ${toldColumns} from alerts a
    where at >= ${first.opened_at} and right(subject, 36) = any(${ids}::text[]) order by a.id`.execute(
    db,
  );
  return grouped(rows);
}

/**
 * The same of each square-off, by its id: what was found before it was due, what it waits for, and that
 * it came late or never.
 */
export async function listToldOfSquareOffs(
  db: Db,
  squareOffIds: readonly number[],
): Promise<Map<number, ToldAlert[]>> {
  const { rows } = await sql<ToldAlert & { id: number }>`
    select q.id, ${toldColumns} from square_offs q join strategies s on s.id = q.strategy_id
      join alerts a on a.strategy_id = q.strategy_id and a.at > q.created_at - interval '1 day'
        and a.at < coalesce(q.ended_at, 'infinity') + interval '1 minute'
        and ((a.code in ('square_off_missed', 'square_off_late') and right(a.subject, 10) = q.session_date::text)
          or (a.code in ('square_off_at_risk', 'closing_auction') and right(a.subject, 16) = concat(q.session_date, ' ', q.due_time))
          or (a.code in ('positions_unread', 'account_paused', 'trading_off', 'session_dead', 'halted', 'mode_changed')
            and a.subject = s.name and a.at >= q.created_at))
    where q.id = any(${squareOffIds}::bigint[]) order by a.id`.execute(db);
  return grouped(rows);
}

const toldColumns = sql`a.code, a.text, a.at,
  array(select target from alert_deliveries d where d.alert_id = a.id and d.sent_at is not null order by 1) as "sentTo"`;

function grouped<Id>(rows: readonly (ToldAlert & { id: Id })[]): Map<Id, ToldAlert[]> {
  const told = new Map<Id, ToldAlert[]>();
  for (const { id, code, text, at, sentTo } of rows) {
    told.set(id, [...(told.get(id) ?? []), { code, text, at, sentTo }]);
  }
  return told;
}
