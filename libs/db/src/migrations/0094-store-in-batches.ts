import { type Kysely, sql } from 'kysely';
import { held, locksOfABatch } from './0094-locks-of-a-batch.ts';

const triggers = [
  // Entries that a strategy stored on the last day on which it stored any: to count them one by one would
  // take longer with each.
  sql`
create table entry_counts (
  strategy_id integer primary key references strategies (id),
  day date not null,
  entries integer not null
)`,
  // As before, but once for all orders that one statement stores; and it counts entries.
  sql`
create function record_stored_orders() returns trigger language plpgsql as $$
begin
  insert into order_events (order_id, to_status, attempt, code, reason)
    select id, status, attempt, code, reason from stored order by strategy_instrument_id, seq;
  insert into entry_counts as c (strategy_id, day, entries)
    select strategy_id, (max(stored_at) at time zone 'Asia/Kolkata')::date, count(*) from stored
    where role = 'entry' group by strategy_id order by strategy_id
    on conflict (strategy_id) do update
      set day = excluded.day, entries = excluded.entries + case when c.day = excluded.day then c.entries else 0 end;
  return null;
end $$`,
  sql`drop trigger orders_stored_event on orders`,
  sql`
create trigger orders_stored_event after insert on orders referencing new table as stored
  for each statement execute function record_stored_orders()`,
  // Whoever stores an order waits until this is committed: none is missed, none counted twice.
  sql`
insert into entry_counts (strategy_id, day, entries)
  select strategy_id, (now() at time zone 'Asia/Kolkata')::date, count(*) from orders
  where role = 'entry' and stored_at >= date_trunc('day', now() at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
  group by strategy_id`,
  sql`
create or replace function entries_today(p_strategy integer) returns integer stable language sql as $$
  select coalesce((select entries from entry_counts
    where strategy_id = p_strategy and day = (now() at time zone 'Asia/Kolkata')::date), 0)
$$`,
  // As before, in the order of the index that finds them.
  sql`
create or replace function queued_ahead(p_account integer, p_lane text) returns integer stable language sql as $$
  select count(*)::integer from (select from orders
    where account_id = p_account and lane = p_lane and status = 'queued' order by priority limit 2000) q
$$`,
];

const stores = [
  // What becomes of each plan: queued, a duplicate of an earlier signal, or over the day's limit; and
  // how many orders are before it on its lane.
  sql`
create function admit_plans(p_plans plan_to_store[]) returns plan_to_store[] language plpgsql as $$
declare r record; x plan_to_store; v_left jsonb := '{}'; v_ahead jsonb := '{}'; v_lane text; v_plans plan_to_store[] := '{}';
begin
  for r in
    select y as plan, y_most.most_per_order, k.signal_id is not null as is_constant,
      coalesce(l.signal_id, case when k.accepted_at > clock_timestamp() - interval '10 minutes'
        or not exists (select from last_signals a where a.strategy_instrument_id = y.si and a.signal_id <> k.signal_id)
        then k.signal_id end) as first_signal
    from unnest(p_plans) y
      left join last_signals l on y.key is null and l.strategy_instrument_id = y.si
        and l.content_hash = decode(y.content_hash, 'hex') and l.accepted_at > clock_timestamp() - ms(y.duplicate_window_ms)
      left join signal_keys k on k.strategy_instrument_id = y.si and k.key = y.key
        and k.action = y.key_action and k.target_position = y.key_position
      left join symbols y_most on y.role = 'entry' and y.target_position is null
        and y_most.exchange = y.exchange and y_most.symbol = y.symbol
    order by y.i
  loop
    x := r.plan;
    if x.role = 'entry' and v_left->(x.strategy_id::text) is null then
      v_left := v_left || jsonb_build_object(x.strategy_id, x.max_orders_per_day - entries_today(x.strategy_id));
    end if;
    -- A refusal is never remembered, and an entry that was queued as the last of the day is still known.
    if r.first_signal is not null then
      x.result := jsonb_build_object('result', 'duplicate', 'firstSignalId', r.first_signal);
    elsif x.role = 'entry' and (v_left->>x.strategy_id::text)::integer <= 0 then
      x.result := jsonb_build_object('result', 'refused', 'code', 'max_orders_per_day');
    else
      x.result := jsonb_build_object('result', 'queued', 'constantKey', r.is_constant);
      if x.role = 'entry' then
        v_left := v_left || jsonb_build_object(x.strategy_id, (v_left->>x.strategy_id::text)::integer - 1);
      end if;
      v_lane := x.account_id || x.lane;
      x.ahead := coalesce((v_ahead->>v_lane)::integer, queued_ahead(x.account_id, x.lane));
      v_ahead := v_ahead || jsonb_build_object(v_lane, x.ahead + 1);
      x.most := r.most_per_order;
    end if;
    x.result := x.result || jsonb_build_object('symbol', x.signal_symbol);
    v_plans := v_plans || x;
  end loop;
  return v_plans;
end $$`,
  // The answers of signals that are stored, by what became of their plans, which come signal by signal.
  sql`
create function answer_signals(p jsonb, p_plans plan_to_store[], p_answers jsonb[]) returns jsonb[] language plpgsql as $$
declare x plan_to_store; s jsonb; v_results jsonb[]; v_ahead jsonb[]; v_verdict text; v_first uuid;
begin
  foreach x in array p_plans loop
    v_results[x.nr] := coalesce(v_results[x.nr], '[]') || jsonb_build_array(x.result);
    if x.ahead is not null then
      v_ahead[x.nr] := coalesce(v_ahead[x.nr], '{}') || jsonb_build_object(x.lane, x.ahead + 1);
    end if;
  end loop;
  for v_nr in 1 .. jsonb_array_length(p) loop
    continue when p_answers[v_nr] is not null;
    s := p->(v_nr - 1); v_verdict := s->>'verdict'; v_first := null;
    if v_ahead[v_nr] is null then
      v_first := coalesce((jsonb_path_query_first(v_results[v_nr], '$[*].firstSignalId') #>> '{}')::uuid, repeated_refusal(s));
      v_verdict := case when v_first is not null then 'duplicate' when v_verdict = 'queued' then 'refused' else v_verdict end;
    end if;
    p_answers[v_nr] := jsonb_build_object('kind', 'stored', 'verdict', v_verdict, 'results', coalesce(v_results[v_nr], '[]'),
      'ahead', coalesce(v_ahead[v_nr], '{}'), 'superseded', '[]'::jsonb, 'duplicateOf', v_first);
  end loop;
  return p_answers;
end $$`,
  // Numbers what is queued and opens, or joins, the closings of its exits.
  sql`
create function number_plans(p_plans plan_to_store[]) returns plan_to_store[] language plpgsql as $$
declare x plan_to_store; v_plans plan_to_store[] := '{}';
begin
  update strategy_instruments set next_seq = next_seq + 1
    where id in (select si from unnest(p_plans) where result->>'result' = 'queued');
  foreach x in array p_plans loop
    continue when x.result->>'result' <> 'queued';
    x.wish_seq := x.seq;
    if x.role = 'exit' then
      select j.closing, j.wish into x.closing, x.wish_seq from join_closing(x.si, x.seq,
        jsonb_build_object('strategy_id', x.strategy_id, 'account_id', x.account_id), to_jsonb(x)) j;
    end if;
    v_plans := v_plans || x;
  end loop;
  return v_plans;
end $$`,
  // One statement: all signals that were answered here, and all orders that they led to. The age of an
  // entry grows by what its lane has to do before it, two minutes at the most.
  sql`
create function insert_signals(p jsonb, p_plans plan_to_store[], p_answers jsonb[]) returns void language sql as $$
  with remembered as (
    insert into last_signals (strategy_instrument_id, content_hash, signal_id)
      select si, decode(content_hash, 'hex'), signal_id from unnest(p_plans) order by si
      on conflict (strategy_instrument_id) do update
        set content_hash = excluded.content_hash, signal_id = excluded.signal_id, accepted_at = clock_timestamp()),
  keyed as (
    insert into signal_keys (strategy_instrument_id, key, action, target_position, signal_id)
      select si, key, key_action, key_position, signal_id from unnest(p_plans) where key is not null order by si
      on conflict (strategy_instrument_id, key, action, target_position) do update
        set signal_id = excluded.signal_id, accepted_at = clock_timestamp()),
  signal as (
    insert into signals (id, strategy_id, path, source_address, content_type, body, idempotency_key,
        verdict, code, http_status, answer, notes, duplicate_of)
      select (s->>'id')::uuid, (s->>'strategy_id')::integer, s->>'path', s->>'source_address', s->>'content_type',
        decode(s->>'body', 'base64'), s->>'idempotency_key', v,
        case v when 'duplicate' then 'duplicate_signal' when 'queued' then null else s->>'code' end,
        case when v in ('queued', 'duplicate') then 200 else (s->>'http_status')::smallint end,
        jsonb_build_object('refused', s->'refused', 'results', a->'results', 'ahead', a->'ahead'), s->'notes',
        (a->>'duplicateOf')::uuid
      from (select s, p_answers[nr] as a, p_answers[nr]->>'verdict' as v
        from jsonb_array_elements(p) with ordinality t (s, nr) where p_answers[nr]->>'kind' = 'stored') t)
  insert into orders (id, signal_id, closing_id, strategy_id, account_id, strategy_instrument_id, seq, wish_seq,
      strategy_name, exchange, symbol, product, role, lane, priority, action, quantity, quantity_limit, target_position,
      own_target, expires_at, not_before)
    select id, signal_id, closing, strategy_id, account_id, si, seq, wish_seq, strategy_name, exchange, symbol, product,
      role, lane, priority, action, least(quantity, most), most, target_position, own_target,
      clock_timestamp() + ms(least(latest_expires_in_ms, expires_in_ms
        + case role when 'entry' then least(ahead * interval_ms, 120000) else 0 end)),
      clock_timestamp() + ms(not_before_in_ms)
    from unnest(p_plans) order by i
$$`,
  // What some orders bring with them: older entries that they make void, and the parts of an entry above
  // the freeze quantity.
  sql`
create function follow_up_orders(p_plans plan_to_store[], p_answers jsonb[]) returns jsonb[] language plpgsql as $$
declare r record; v_part orders; v_rest integer;
begin
  for r in
    select x.nr, x.most, x.quantity, o from unnest(p_plans) x join orders o on o.id = x.id
    where x.role = 'exit' or coalesce(x.target_position, x.own_target) is not null or x.quantity > x.most
    order by x.i
  loop
    p_answers[r.nr] := jsonb_set(p_answers[r.nr], '{superseded}', p_answers[r.nr]->'superseded' || supersede_older(r.o));
    v_part := r.o; v_rest := r.quantity;
    while r.most is not null and v_rest > r.most loop
      v_rest := v_rest - r.most;
      v_part := insert_part(v_part, least(v_rest, r.most));
    end loop;
  end loop;
  return p_answers;
end $$`,
  // Signals with all that they lead to, each wholly or not at all, and for each, in their order, what
  // became of it. No instrument occurs in two of them. The locks come in one order for all: strategies,
  // instruments, entries of a day, each by its key. Unless p_waits, nothing is waited for: a signal of
  // what somebody else holds is answered 'busy'. The settings make a plan that suits large tables
  // also of a database whose tables were never counted.
  sql`
create function store_signals(p jsonb, p_waits boolean) returns jsonb language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_answers jsonb[]; v_plans plan_to_store[]; v_nr integer;
begin
  v_answers := lock_strategies(p, p_waits);
  v_plans := lock_places(plans_to_store(p, v_answers), p_waits);
  for v_nr in select distinct nr from unnest(v_plans) where si is null loop
    v_answers[v_nr] := '{"kind": "busy"}';
  end loop;
  v_answers := compare_held(p, v_answers);
  v_answers := lock_entries(v_plans, v_answers, p_waits);
  for v_nr in 1 .. jsonb_array_length(p) loop
    -- Whoever waited for it gave up: a statement that was held up on its way must not trade later.
    if extract(epoch from clock_timestamp()) * 1000 > (p->(v_nr - 1)->>'store_before_ms')::numeric then
      v_answers[v_nr] := coalesce(v_answers[v_nr], '{"kind": "too_late"}');
    end if;
  end loop;
  for v_nr in select nr from unnest(v_plans) group by nr having count(*) > count(distinct si) loop
    v_answers[v_nr] := coalesce(v_answers[v_nr], '{"kind": "twice"}');
  end loop;
  v_plans := admit_plans(array(select x from unnest(v_plans) x where v_answers[x.nr] is null order by x.i));
  v_answers := answer_signals(p, v_plans, v_answers);
  v_plans := number_plans(v_plans);
  perform insert_signals(p, v_plans, v_answers);
  v_answers := follow_up_orders(v_plans, v_answers);
  -- One that names an instrument twice meets itself, plan by plan.
  for v_nr in 1 .. jsonb_array_length(p) loop
    continue when v_answers[v_nr]->>'kind' <> 'twice';
    v_answers[v_nr] := store_signal(p->(v_nr - 1), decode(p->(v_nr - 1)->>'body', 'base64'));
  end loop;
  return to_jsonb(v_answers);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...triggers, ...held, ...locksOfABatch, ...stores])
    await statement.execute(db);
}
