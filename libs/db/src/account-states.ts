import type { AccountId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How it stands with an account and the books of its OpenAlgo. */
export interface AccountState {
  accountId: AccountId;
  isSessionDead: boolean;
  isPaused: boolean;
  /** It is live, and its owner has not said that it may trade. */
  isTradingOff: boolean;
  /** Orders whose end only its books tell. */
  unsettled: number;
  /** Since its books were last asked for and answered, cleanly or not (ms); null: never. */
  readAgoMs: number | null;
  /** Since its last clean read (ms); null: never. */
  cleanAgoMs: number | null;
}

/** Every account that was not deleted. */
export async function listAccountStates(db: Db): Promise<AccountState[]> {
  const { rows } = await sql<AccountState>`
    with unsettled as (
      select account_id, count(*)::integer as orders from orders
        where status in ('indeterminate', 'awaiting_approval', 'accepted')
        group by account_id)
    select a.id as "accountId", a.session_dead_at is not null as "isSessionDead", a.paused_at is not null as "isPaused",
        (a.live_confirmed_at is null and a.mode is distinct from 'analyze') as "isTradingOff",
        coalesce(u.orders, 0) as unsettled, ${agoMs('b.read_at')} as "readAgoMs", ${agoMs('b.clean_ended_at')} as "cleanAgoMs"
      from openalgo_accounts a
        left join book_reads b on b.account_id = a.id
        left join unsettled u on u.account_id = a.id
      where a.deleted_at is null
      order by a.id`.execute(db);
  return rows;
}

function agoMs(column: string) {
  return sql`(extract(epoch from clock_timestamp() - ${sql.ref(column)}) * 1000)::float8`;
}
