import type { AccountId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** What happened on an account today (a day of Asia/Kolkata, by the database's clock). */
export interface AccountDay {
  accountId: AccountId;
  account: string;
  /** Signals by verdict. */
  signals: Record<string, number>;
  orders: Partial<Record<OrderStatus, number>>;
}

/** Today's signals and orders of each account that had any. */
export async function listAccountDays(db: Db): Promise<AccountDay[]> {
  const { rows } = await sql<AccountDay>`
    with day as (select date_trunc('day', now() at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata' as start)
    select a.id as "accountId", a.name as account, coalesce(s.counts, '{}') as signals, coalesce(o.counts, '{}') as orders
    from openalgo_accounts a
      left join lateral (
        select jsonb_object_agg(verdict, count) as counts from (
          select g.verdict, count(*)::integer from signals g join strategies t on t.id = g.strategy_id
          where t.account_id = a.id and g.received_at >= (select start from day) group by g.verdict) v) s on true
      left join lateral (
        select jsonb_object_agg(status, count) as counts from (
          select status, count(*)::integer from orders
          where account_id = a.id and stored_at >= (select start from day) group by status) v) o on true
    where s.counts is not null or o.counts is not null
    order by a.id`.execute(db);
  return rows;
}
