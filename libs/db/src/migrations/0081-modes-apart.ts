import { type Kysely, sql } from 'kysely';

// A closing of the mode in which OpenAlgo is not now waits until it is back, perhaps for ever: nothing of
// the present mode may wait with it.
const statements = [
  // An instrument has one open closing. One of the other mode gives way to an exit of the present one, to
  // a person: its position is held as before.
  sql`
create function give_way(p_si bigint, p_mode text) returns void language plpgsql as $$
declare v record;
begin
  for v in
    select c.id, c.mode, si.account_id, si.strategy_id, s.name,
      format('%s:%s:%s', si.exchange, si.symbol, si.product) as key
    from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
      join strategies s on s.id = si.strategy_id
    where c.strategy_instrument_id = p_si and c.status = 'open' and c.mode <> p_mode
    for no key update of c
  loop
    update orders set status = 'cancelled', code = 'mode_changed',
        reason = format('It waited for mode %s, and an exit of mode %s came first', v.mode, p_mode)
      where closing_id = v.id and status = 'queued';
    perform end_closing(v.id, 'failed', format('it waited for mode %s, and an exit of mode %s came first', v.mode, p_mode));
    insert into alerts (code, subject, bucket, account_id, strategy_id, text)
      values ('mode_changed', format('closing %s', v.id), date_bin('10 minutes', now(), timestamptz 'epoch'), v.account_id, v.strategy_id,
        format('What %s holds in %s in mode %s is not being closed any more: OpenAlgo is in mode %s, and an exit came there. Ask again when it is back',
          v.name, v.key, v.mode, p_mode))
      on conflict (code, subject, bucket) do nothing;
  end loop;
end $$`,
  // As before, but an exit of the present mode joins no closing of the other one.
  sql`
create or replace function join_closing(p_si bigint, p_seq bigint, p jsonb, p_plan jsonb, out closing uuid, out wish bigint) language plpgsql as $$
declare v_target integer := coalesce((p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, 0); v_present text;
begin
  if p_plan->>'again' is not null then
    select id, wish_seq into closing, wish from closings where id = (p_plan->>'again')::uuid;
    return;
  end if;
  select mode into v_present from openalgo_accounts where id = (p->>'account_id')::integer;
  if coalesce(p_plan->>'mode', v_present) = v_present then perform give_way(p_si, v_present); end if;
  insert into closings as c (id, strategy_instrument_id, cause, priority, scope, mode, target, wish_seq, square_off_id, closes_at)
    values (gen_random_uuid(), p_si, coalesce(p_plan->>'cause', 'signal'), (p_plan->>'priority')::smallint,
      case p_plan->>'lane' when 'smart' then 'account' else 'strategy' end,
      coalesce(p_plan->>'mode', v_present),
      v_target, p_seq, (p->>'square_off_id')::bigint, clock_timestamp() + ms((p_plan->>'expires_in_ms')::numeric))
    on conflict (strategy_instrument_id) where status = 'open' do update set
      priority = least(c.priority, excluded.priority),
      scope = least(c.scope, excluded.scope),
      target = case when abs(excluded.target) < abs(c.target) then excluded.target else c.target end,
      wish_seq = greatest(c.wish_seq, excluded.wish_seq),
      square_off_id = coalesce(excluded.square_off_id, c.square_off_id),
      closes_at = greatest(c.closes_at, excluded.closes_at),
      next_step_at = clock_timestamp(), flat_since = null, told = '{}'
    returning id, p_seq into closing, wish;
end $$`,
  // As before, but for the mode: an entry does not wait for a closing that waits for the other one.
  sql`
create or replace function older_closing(o orders) returns uuid stable language sql as $$
  select id from closings
  where strategy_instrument_id = o.strategy_instrument_id and status = 'open' and wish_seq < o.seq and o.role = 'entry'
    and coalesce(mode, account_mode(o.account_id)) = account_mode(o.account_id)
$$`,
  // As before, but a queued exit that waits for the other mode stands in nobody's way.
  sql`
create or replace function order_blocks(p_waiter orders, p_blocker orders) returns boolean stable language sql as $$
  select case p_blocker.status
    when 'queued' then p_waiter.strategy_instrument_id = p_blocker.strategy_instrument_id
      and (p_waiter.role = 'entry' or p_blocker.role = 'exit') and not mode_differs(p_blocker)
    when 'submitting' then true
    when 'indeterminate' then p_waiter.role = 'entry' or p_waiter.lane = 'smart'
    when 'awaiting_approval' then p_waiter.role = 'entry' or p_waiter.lane = 'smart'
    when 'accepted' then p_waiter.lane = 'smart' and may_fill(p_blocker)
    else false end
$$`,
  // As before, but an exit that is queued for the other mode moves nothing in this one.
  sql`
create or replace function held_position(p_si bigint, p_mode text, p_before bigint, out own integer, out coming integer, out entries integer)
stable language plpgsql as $$
declare r record; o orders; v_expected integer;
begin
  own := 0; entries := 0;
  for r in
    select coalesce(p.own, 0) as own, coalesce(p.entries, 0) as entries, x as open
    from (select) one
      left join positions p on p.strategy_instrument_id = p_si and p.mode = p_mode
      left join orders x on x.strategy_instrument_id = p_si and x.seq < p_before
        and x.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
        and (x.mode is null or x.mode = p_mode)
        and not (x.status = 'queued' and exists (select from closings c where c.id = x.closing_id and c.mode <> p_mode))
        and (x.status <> 'accepted' or may_fill(x)) and not (x.status = 'queued' and x.expires_at <= clock_timestamp())
    order by x.seq
  loop
    if v_expected is null then own := r.own; entries := r.entries; v_expected := own; end if;
    o := r.open;
    continue when o.id is null;
    v_expected := case
      when o.target_position is not null then o.target_position
      when o.own_target is not null and o.status = 'queued' then
        case o.action when 'BUY' then greatest(v_expected, o.own_target) else least(v_expected, o.own_target) end
      else v_expected + sign_of(o.action) * (o.quantity - o.filled_quantity) end;
    if o.role = 'entry' and o.filled_quantity = 0 and o.seq = o.wish_seq then entries := entries + 1; end if;
  end loop;
  coming := v_expected - own;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
