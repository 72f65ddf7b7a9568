import { type Kysely, sql } from 'kysely';

const statements = [
  // The order that o must wait for, if any, and until when. A smart order moves the account's whole
  // position: two at once would each close all of it. So it also waits for a newer one of its own
  // closing, which may have gone first while the older was on its way back from a lost attempt.
  sql`
create or replace function find_blocker(o orders, p_exit_wait interval, out blocker uuid, out until timestamptz) language plpgsql as $$
declare p orders; v_now timestamptz := clock_timestamp();
begin
  for p in
    select * from orders x
    where x.strategy_instrument_id = o.strategy_instrument_id and x.seq < o.seq
      and x.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
      and not (x.status = 'queued' and x.expires_at <= v_now)
    order by x.seq
  loop
    continue when not order_blocks(o, p);
    continue when o.role = 'exit' and p.status <> 'queued' and p.claimed_at + p_exit_wait <= v_now;
    blocker := p.id;
    until := case when o.role = 'exit' then p_exit_wait + case when p.status = 'queued' then v_now else p.claimed_at end end;
    return;
  end loop;
  if o.role = 'entry' then
    select s.order_id into blocker from submissions s
      where s.account_id = o.account_id and s.fingerprint = order_fingerprint(o);
    if blocker is not null then return; end if;
  end if;
  if o.lane <> 'smart' then return; end if;
  select x.id, case when o.role = 'exit' then x.claimed_at + p_exit_wait end into blocker, until
  from orders x
  where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol and x.product = o.product
    and x.status in ('submitting', 'indeterminate', 'awaiting_approval', 'accepted') and x.id <> o.id
    and order_blocks(o, x)
    and (o.role = 'entry' or x.claimed_at + p_exit_wait > v_now)
  order by x.claimed_at desc limit 1;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
