import { sql } from 'kysely';

/** What both stores, and the claim, look at. */
export const held = [
  // As before, but the closing of an order is found by its key, not among all closings.
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
      left join (orders x left join closings c on c.id = x.closing_id) on x.strategy_instrument_id = p_si and x.seq < p_before
        and x.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
        and (x.mode is null or x.mode = p_mode)
        and not (x.status = 'queued' and c.mode is not null and c.mode <> p_mode)
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
  // As before, but computed for the instruments that are asked about alone, not for all of the strategy.
  sql`
create or replace function held_now(p_strategy integer, p_account integer, p_instruments jsonb) returns jsonb volatile language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object('exchange', x->>'exchange', 'symbol', x->>'symbol', 'product', x->>'product')
      || coalesce(h, '{"own": 0, "coming": 0, "entries": 0}')
      || case when once_a_day then jsonb_build_object('enteredToday', entered_today(id)) else '{}' end order by nr), '[]')
  from (select x, nr, s.once_a_day, si.id,
      case when si.id is not null then to_jsonb(held_position(si.id, account_mode(p_account), si.next_seq)) end as h
    from jsonb_array_elements(p_instruments) with ordinality t (x, nr)
      left join strategies s on s.id = p_strategy
      left join strategy_instruments si on si.strategy_id = p_strategy and si.account_id = p_account
        and si.exchange = x->>'exchange' and si.symbol = x->>'symbol' and si.product = x->>'product'
    offset 0) asked
$$`,
];

/** Each step takes the signals' answers, one for each or null while it goes on, and adds its own. */
export const locksOfABatch = [
  // A plan on its way through the batch: what its signal says, then what the steps found.
  sql`
create type plan_to_store as (
  i integer, nr integer, id uuid, signal_id uuid, strategy_id integer, strategy_name text, account_id integer,
  signal_symbol text, exchange text, symbol text, product text, role text, lane text, priority smallint, action text,
  quantity integer, target_position integer, own_target integer, expires_in_ms numeric, latest_expires_in_ms numeric,
  not_before_in_ms numeric, interval_ms numeric, duplicate_window_ms integer, max_orders_per_day integer,
  content_hash text, key text, key_action text, key_position text,
  si bigint, seq bigint, wish_seq bigint, closing uuid, result jsonb, ahead integer, most integer)`,
  sql`
create function plans_to_store(p jsonb, p_answers jsonb[]) returns plan_to_store[] stable language sql as $$
  select coalesce(array_agg(jsonb_populate_record(null::plan_to_store, x || jsonb_build_object(
      'i', i, 'nr', nr, 'signal_id', s->'id', 'strategy_id', s->'strategy_id', 'strategy_name', s->'strategy_name',
      'account_id', account_of(s, x), 'interval_ms', s->'interval_ms'->(x->>'lane'),
      'duplicate_window_ms', s->'duplicate_window_ms', 'max_orders_per_day', s->'max_orders_per_day')) order by i), '{}')
  from (select s, nr, x, row_number() over (order by nr, x_nr) as i
    from jsonb_array_elements(p) with ordinality t (s, nr), jsonb_array_elements(s->'plans') with ordinality u (x, x_nr)
    where p_answers[nr] is null) plans
$$`,
  // Locked, so that once a change of a strategy was committed nothing more is stored by what it was. One
  // that somebody else holds keeps only its own signals waiting, not those of the others.
  sql`
create function lock_strategies(p jsonb, p_waits boolean) returns jsonb[] language plpgsql as $$
declare v_versions jsonb; v_ids integer[] := array(select distinct (s->>'strategy_id')::integer from jsonb_array_elements(p) s);
begin
  if p_waits then
    select jsonb_object_agg(id, version) into v_versions
      from (select id, case when deleted_at is null then version end as version from strategies
        where id = any (v_ids) order by id for share) s;
  else
    select jsonb_object_agg(id, version) into v_versions
      from (select id, case when deleted_at is null then version end as version from strategies
        where id = any (v_ids) order by id for share skip locked) s;
  end if;
  return array(select case
      when not p_waits and v_versions->(s->>'strategy_id') is null then '{"kind": "busy"}'::jsonb
      when v_versions->(s->>'strategy_id') is distinct from s->'strategy_version' then '{"kind": "moved_on"}' end
    from jsonb_array_elements(p) with ordinality t (s, nr) order by nr);
end $$`,
  // Inserted, then locked, each in key order: two replicas never wait for each other in a circle. What
  // somebody else holds stays without its row's id.
  sql`
create function lock_places(p_plans plan_to_store[], p_waits boolean) returns plan_to_store[] language plpgsql as $$
declare r record;
begin
  insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select distinct x.strategy_id, x.account_id, x.exchange, x.symbol, x.product from unnest(p_plans) x
    where not exists (select from strategy_instruments si
      where si.strategy_id = x.strategy_id and si.account_id = x.account_id
        and si.exchange = x.exchange and si.symbol = x.symbol and si.product = x.product)
    order by 1, 2, 3, 4, 5
    on conflict do nothing;
  if p_waits then
    for r in select x.i, si.id, si.next_seq from unnest(p_plans) x join strategy_instruments si
        on si.strategy_id = x.strategy_id and si.account_id = x.account_id
          and si.exchange = x.exchange and si.symbol = x.symbol and si.product = x.product
      order by si.strategy_id, si.account_id, si.exchange, si.symbol, si.product
      for no key update of si
    loop
      p_plans[r.i].si := r.id; p_plans[r.i].seq := r.next_seq;
    end loop;
  else
    for r in select x.i, si.id, si.next_seq from unnest(p_plans) x join strategy_instruments si
        on si.strategy_id = x.strategy_id and si.account_id = x.account_id
          and si.exchange = x.exchange and si.symbol = x.symbol and si.product = x.product
      order by si.strategy_id, si.account_id, si.exchange, si.symbol, si.product
      for no key update of si skip locked
    loop
      p_plans[r.i].si := r.id; p_plans[r.i].seq := r.next_seq;
    end loop;
  end if;
  return p_plans;
end $$`,
  // The lock of a strategy's entries of a day is one for all its instruments, and the last that is
  // taken: whoever counts has stored, or refused, before the next one counts.
  sql`
create function lock_entries(p_plans plan_to_store[], p_answers jsonb[], p_waits boolean) returns jsonb[] language plpgsql as $$
declare v_strategy integer; v_nr integer;
begin
  for v_strategy in select distinct strategy_id from unnest(p_plans) where role = 'entry' and p_answers[nr] is null order by 1 loop
    if p_waits then
      perform pg_advisory_xact_lock(hashtext('entries of a day'), v_strategy);
    elsif not pg_try_advisory_xact_lock(hashtext('entries of a day'), v_strategy) then
      for v_nr in select nr from unnest(p_plans) where role = 'entry' and strategy_id = v_strategy loop
        p_answers[v_nr] := coalesce(p_answers[v_nr], '{"kind": "busy"}');
      end loop;
    end if;
  end loop;
  return p_answers;
end $$`,
  // A decision was made from a snapshot of what is held, too: one that something else is held by now
  // is said so. Where nothing stands nothing has to be computed.
  sql`
create function compare_held(p jsonb, p_answers jsonb[]) returns jsonb[] language plpgsql as $$
declare v_nr integer; v_held jsonb;
begin
  for v_nr in
    select distinct nr from jsonb_array_elements(p) with ordinality t (s, nr) cross join jsonb_array_elements(s->'held') x
      left join strategy_instruments si on si.strategy_id = (s->>'strategy_id')::integer
        and si.account_id = (x->>'accountId')::integer and si.exchange = x->>'exchange'
        and si.symbol = x->>'symbol' and si.product = x->>'product'
    where p_answers[nr] is null and (not x @> '{"own": 0, "coming": 0, "entries": 0}' or (x->>'enteredToday')::boolean
      or (select true from positions where strategy_instrument_id = si.id and (own <> 0 or entries <> 0) limit 1)
      or (select true from orders where strategy_instrument_id = si.id
        and status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted') limit 1)
      or (case when x ? 'enteredToday' then entered_today(si.id) end))
  loop
    v_held := held_at((p->(v_nr - 1)->>'strategy_id')::integer, p->(v_nr - 1)->'held');
    if v_held <> p->(v_nr - 1)->'held' then
      p_answers[v_nr] := jsonb_build_object('kind', 'held_moved', 'held', v_held);
    end if;
  end loop;
  return p_answers;
end $$`,
];
