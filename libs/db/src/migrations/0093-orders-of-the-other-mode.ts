import { type Kysely, sql } from 'kysely';

// What rests in the mode in which OpenAlgo is not now moves nothing in this one. It is read by no book
// either, so whoever waited for its end would wait until the mode is back, or the day is over.
const statements = [
  sql`
create function is_elsewhere(o orders) returns boolean stable language sql as $$
  select (o.mode <> account_mode(o.account_id)) is true
$$`,
  // As before, but nobody waits for what is elsewhere.
  sql`
create or replace function order_blocks(p_waiter orders, p_blocker orders) returns boolean stable language sql as $$
  select case p_blocker.status
    when 'queued' then p_waiter.strategy_instrument_id = p_blocker.strategy_instrument_id
      and (p_waiter.role = 'entry' or p_blocker.role = 'exit') and not mode_differs(p_blocker)
    when 'submitting' then true
    when 'indeterminate' then p_waiter.role = 'entry' or p_waiter.lane = 'smart'
    when 'awaiting_approval' then (p_waiter.role = 'entry' or p_waiter.lane = 'smart') and not is_elsewhere(p_blocker)
    when 'accepted' then p_waiter.lane = 'smart' and may_fill(p_blocker) and not is_elsewhere(p_blocker)
    else false end
$$`,
  // As before, but "nothing to exit" is believed beside what is elsewhere.
  sql`
create or replace function unsettled_beside(o orders) returns boolean stable language sql as $$
  select exists (select from orders x
    where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol and x.product = o.product
      and x.id <> o.id and (x.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(x))
      and not is_elsewhere(x))
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
