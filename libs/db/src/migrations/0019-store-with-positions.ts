import { type Kysely, sql } from 'kysely';

const statements = [
  // What the strategy holds in each of these instruments, in their order, by the account's present mode.
  sql`
create function held_now(p_strategy integer, p_account integer, p_instruments jsonb) returns jsonb volatile language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object('exchange', x->>'exchange', 'symbol', x->>'symbol', 'product', x->>'product',
      'own', coalesce(h.own, 0), 'coming', coalesce(h.coming, 0), 'entries', coalesce(h.entries, 0)) order by nr), '[]')
  from jsonb_array_elements(p_instruments) with ordinality x (x, nr)
    left join strategy_instruments si on si.strategy_id = p_strategy and si.account_id = p_account
      and si.exchange = x->>'exchange' and si.symbol = x->>'symbol' and si.product = x->>'product'
    left join lateral held_position(si.id, account_mode(p_account), si.next_seq) h on si.id is not null
$$`,
  sql`
create function lock_held(p jsonb) returns jsonb language plpgsql as $$
begin
  perform 1 from strategies where id = (p->>'strategy_id')::integer for share;
  perform lock_instruments(p);
  return held_now((p->>'strategy_id')::integer, (p->>'account_id')::integer, p->'plans');
end $$`,
  // The targets of two orders void each other, whichever position they mean.
  sql`create function target_of(o orders) returns integer immutable language sql as $$ select coalesce(o.target_position, o.own_target) $$`,
  sql`
create or replace function supersede_older(o orders) returns jsonb language plpgsql as $$
declare v_ids jsonb;
begin
  if o.role = 'entry' and target_of(o) is null then return '[]'; end if;
  with gone as (
    update orders set status = 'superseded', code = 'superseded',
        reason = 'A newer order of the same strategy and instrument: ' || o.id
      where id in (select id from orders x
        where x.strategy_instrument_id = o.strategy_instrument_id and x.seq < o.wish_seq and x.status = 'queued'
          and x.role = 'entry' and (o.role = 'exit' or target_of(x) is not null)
        for no key update skip locked)
      returning id, account_id, lane)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane)), '[]') into v_ids from gone;
  return v_ids;
end $$`,
  sql`
create or replace function insert_order(p jsonb, p_plan jsonb, p_si bigint, p_ahead integer) returns orders language plpgsql as $$
declare o orders; v_seq bigint; v_age numeric; v_wish bigint; v_closing uuid;
begin
  update strategy_instruments set next_seq = next_seq + 1 where id = p_si returning next_seq - 1 into v_seq;
  -- The age of an entry grows by what its lane has to do before it, two minutes at the most.
  v_age := (p_plan->>'expires_in_ms')::numeric;
  if p_plan->>'role' = 'entry' then
    v_age := v_age + least(p_ahead * (p->'interval_ms'->>(p_plan->>'lane'))::numeric, 120000);
  end if;
  v_age := least(v_age, (p_plan->>'latest_expires_in_ms')::numeric);
  if p_plan->>'role' = 'exit' then
    select j.closing, j.wish into v_closing, v_wish from join_closing(p_si, v_seq, p, p_plan) j;
  end if;
  insert into orders (id, signal_id, square_off_id, closing_id, strategy_id, account_id, strategy_instrument_id, seq, wish_seq,
      strategy_name, exchange, symbol, product, role, lane, priority, action, quantity, quantity_limit, target_position,
      own_target, expires_at, not_before)
    values ((p_plan->>'id')::uuid, (p->>'id')::uuid, (p->>'square_off_id')::bigint, v_closing,
      (p->>'strategy_id')::integer, (p->>'account_id')::integer, p_si, v_seq, coalesce(v_wish, v_seq), p->>'strategy_name',
      p_plan->>'exchange', p_plan->>'symbol', p_plan->>'product', p_plan->>'role', p_plan->>'lane',
      (p_plan->>'priority')::smallint, p_plan->>'action', (p_plan->>'quantity')::integer, (p_plan->>'quantity_limit')::integer,
      (p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, clock_timestamp() + ms(v_age),
      clock_timestamp() + ms((p_plan->>'not_before_in_ms')::numeric))
    returning * into o;
  return o;
end $$`,
  // The signal that one of these refused symbols repeats, if any.
  sql`
create function repeated_refusal(p jsonb) returns uuid stable language sql as $$
  select f.id from jsonb_array_elements(p->'repeats') x
    join strategy_instruments si on si.strategy_id = (p->>'strategy_id')::integer
      and si.account_id = (p->>'account_id')::integer
      and si.exchange = x->>'exchange' and si.symbol = x->>'symbol' and si.product = x->>'product',
    lateral repeated_signal(si.id, p, x) f (id)
  where f.id is not null
  limit 1
$$`,
  // One signal with all that it leads to, or nothing: the decision was made from a snapshot of the
  // strategy and of what it holds. When either has moved on nothing is written; what is held is said.
  sql`
create or replace function store_signal(p jsonb, p_body bytea) returns jsonb language plpgsql as $$
declare
  v_plan jsonb; v_result jsonb; v_results jsonb := '[]'; v_superseded jsonb := '[]';
  v_verdict text := p->>'verdict'; v_duplicate_of uuid; v_si bigint; o orders;
  v_ahead jsonb := '{}'; v_lane text; v_entries_left integer; v_held jsonb;
begin
  -- Locked, so that once a change of the strategy was committed nothing more is stored by what it was.
  perform 1 from strategies where id = (p->>'strategy_id')::integer
    and version = (p->>'strategy_version')::integer and deleted_at is null for share;
  if not found then return '{"kind": "moved_on"}'; end if;
  if jsonb_array_length(p->'plans') > 0 then perform lock_instruments(p); end if;
  if jsonb_array_length(p->'held') > 0 then
    v_held := held_now((p->>'strategy_id')::integer, (p->>'account_id')::integer, p->'held');
    if v_held <> p->'held' then return jsonb_build_object('kind', 'held_moved', 'held', v_held); end if;
  end if;
  if p->'plans' @> '[{"role": "entry"}]' then v_entries_left := entries_left(p); end if;
  -- Whoever waited for this gave up: a statement that was held up on its way must not trade later.
  if extract(epoch from clock_timestamp()) * 1000 > (p->>'store_before_ms')::numeric then
    return '{"kind": "too_late"}';
  end if;
  for v_plan in select * from jsonb_array_elements(p->'plans') loop
    select id into strict v_si from strategy_instruments
      where strategy_id = (p->>'strategy_id')::integer and account_id = (p->>'account_id')::integer
        and exchange = v_plan->>'exchange' and symbol = v_plan->>'symbol' and product = v_plan->>'product';
    v_result := admit_plan(p, v_plan, v_si, v_entries_left);
    if v_plan->>'role' = 'entry' and v_result->>'result' = 'queued' then
      v_entries_left := v_entries_left - 1;
    end if;
    v_results := v_results || jsonb_build_array(v_result || jsonb_build_object('symbol', v_plan->>'signal_symbol'));
  end loop;
  if v_verdict = 'queued' and not v_results @> '[{"result": "queued"}]' then
    v_duplicate_of := coalesce((jsonb_path_query_first(v_results, '$[*].firstSignalId') #>> '{}')::uuid, repeated_refusal(p));
    v_verdict := case when v_duplicate_of is null then 'refused' else 'duplicate' end;
  end if;
  if v_verdict in ('nothing_to_do', 'refused') and jsonb_array_length(p->'plans') = 0 then
    v_duplicate_of := repeated_refusal(p);
    if v_duplicate_of is not null then v_verdict := 'duplicate'; end if;
  end if;
  for i in 0 .. jsonb_array_length(p->'plans') - 1 loop
    v_result := v_results->i;
    continue when v_result->>'result' <> 'queued';
    v_plan := p->'plans'->i;
    v_lane := v_plan->>'lane';
    if v_ahead->v_lane is null then
      v_ahead := v_ahead || jsonb_build_object(v_lane, queued_ahead((p->>'account_id')::integer, v_lane));
    end if;
    o := insert_order(p, v_plan, (v_result->>'si')::bigint, (v_ahead->>v_lane)::integer);
    v_superseded := v_superseded || supersede_older(o);
    v_ahead := v_ahead || jsonb_build_object(v_lane, (v_ahead->>v_lane)::integer + 1);
  end loop;
  perform insert_signal(p, p_body, v_verdict,
    jsonb_build_object('refused', p->'refused', 'results', v_results, 'ahead', v_ahead), v_duplicate_of);
  return jsonb_build_object('kind', 'stored', 'verdict', v_verdict, 'results', v_results, 'ahead', v_ahead,
    'superseded', v_superseded, 'duplicateOf', v_duplicate_of);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
