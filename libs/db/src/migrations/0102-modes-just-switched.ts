import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but for a minute after a switch of OpenAlgo was seen, an entry waits for closings of either mode: it may
  // be switched back before that is seen, and what the entry then buys would be closed with what it came after.
  sql`
create or replace function older_closing(o orders) returns uuid stable language sql as $$
  select id from closings
  where strategy_instrument_id = o.strategy_instrument_id and status = 'open' and wish_seq < o.seq and o.role = 'entry'
    and (coalesce(mode, account_mode(o.account_id)) = account_mode(o.account_id)
      or exists (select from openalgo_accounts
        where id = o.account_id and mode_since > clock_timestamp() - interval '1 minute'))
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
