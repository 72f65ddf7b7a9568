import { type Kysely, sql } from 'kysely';

const statements = [
  // Whether a smart exit would take what a call on its way takes already.
  sql`
create function takes_the_same(o orders, p_on_its_way orders) returns boolean immutable language sql as $$
  select o.lane = 'smart' and o.role = 'exit' and p_on_its_way.role = 'exit'
$$`,
  // As before, but a smart exit waits for another exit of the account's instrument that is on its way until that
  // has ended, however long: OpenAlgo computes it from the position alone, so beside an exit that rests, hangs or
  // waits for approval it would close the same shares again, and the position would turn. An entry on its way still
  // holds an exit up for p_exit_wait at the most.
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
    continue when o.role = 'exit' and p.status <> 'queued' and p.claimed_at + p_exit_wait <= v_now
      and not takes_the_same(o, p);
    blocker := p.id;
    until := case when o.role = 'exit' and (p.status = 'queued' or not takes_the_same(o, p))
      then p_exit_wait + case when p.status = 'queued' then v_now else p.claimed_at end end;
    return;
  end loop;
  if o.role = 'entry' then
    select s.order_id into blocker from submissions s
      where s.account_id = o.account_id and s.fingerprint = order_fingerprint(o);
    if blocker is not null then return; end if;
  end if;
  if o.lane <> 'smart' then return; end if;
  select x.id, case when o.role = 'exit' and not takes_the_same(o, x) then x.claimed_at + p_exit_wait end into blocker, until
  from orders x
  where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol and x.product = o.product
    and x.status in ('submitting', 'indeterminate', 'awaiting_approval', 'accepted') and x.id <> o.id
    and order_blocks(o, x)
    and (o.role = 'entry' or takes_the_same(o, x) or x.claimed_at + p_exit_wait > v_now)
  order by takes_the_same(o, x) desc, x.claimed_at desc limit 1;
end $$`,
  // As before, but an order whose closing has ended is void: it came back late from a process that stood still, and
  // what is held there now was never meant.
  sql`
create or replace function refuse_claim(o orders, out verdict text, out detail text) language plpgsql as $$
declare v_void record; v_newer text;
begin
  if is_restored() then verdict := 'braked'; detail := 'database_restored'; return; end if;
  if o.expires_at <= clock_timestamp() then
    update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id = o.id and status = 'queued';
    if found then perform alert_expired(o); end if;
    verdict := 'expired';
    return;
  end if;
  if o.role = 'entry' then
    select * into v_void from void_entry(o.account_id, o.strategy_id);
    if v_void.code is not null then
      update orders set status = 'cancelled', code = v_void.code, reason = v_void.reason
        where id = o.id and status = 'queued';
      verdict := 'cancelled';
      return;
    end if;
  end if;
  v_newer := case when o.closing_id is not null and not closing_is_open(o.closing_id)
    then 'What it was to close was closed without it' else void_by_newer(o) end;
  if v_newer is not null then
    update orders set status = 'superseded', code = 'superseded', reason = v_newer where id = o.id and status = 'queued';
    verdict := 'superseded';
    return;
  end if;
  detail := account_brake(o.account_id, o.strategy_id, o.role);
  if detail is not null then verdict := 'braked'; end if;
end $$`,
  // As before, but who is held up by what nothing moves (a twin of the other mode) looks again every two seconds:
  // each look takes a slot of the account.
  sql`
create or replace function wait_for_others(o orders, p_exit_wait interval, out blocker uuid, out wake_in_ms integer) language plpgsql as $$
declare v_until timestamptz; v_parked boolean;
begin
  for look in 1..10 loop
    select f.blocker, f.until into blocker, v_until from find_blocker(o, p_exit_wait) f;
    exit when blocker is null;
    v_parked := park_order(o, blocker, v_until);
    continue when v_parked is false;
    wake_in_ms := case when v_parked then ms_until(v_until) else look_again_ms() end;
    return;
  end loop;
  if blocker is not null then wake_in_ms := 2000; end if;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
