import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create function entries_today(p_strategy integer) returns integer stable language sql as $$
  select count(*)::integer from orders
  where strategy_id = p_strategy and role = 'entry'
    and stored_at >= date_trunc('day', now() at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
$$`,
  // Entries that a strategy may still queue today. The lock is one for all its instruments, and the
  // last that is taken: whoever counts has stored, or refused, before the next one counts.
  sql`
create function entries_left(p jsonb) returns integer language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('entries of a day'), (p->>'strategy_id')::integer);
  return (p->>'max_orders_per_day')::integer - entries_today((p->>'strategy_id')::integer);
end $$`,
  // What becomes of one plan: queued, a duplicate of an earlier signal, or over the day's limit.
  sql`
create function admit_plan(p jsonb, p_plan jsonb, p_si bigint, p_entries_left integer) returns jsonb language plpgsql as $$
declare v_first uuid := repeated_signal(p_si, p, p_plan);
begin
  if v_first is not null then return jsonb_build_object('result', 'duplicate', 'firstSignalId', v_first); end if;
  -- A refusal is never remembered, and an entry that was queued as the last of the day is still known.
  if p_plan->>'role' = 'entry' and p_entries_left <= 0 then
    return jsonb_build_object('result', 'refused', 'code', 'max_orders_per_day');
  end if;
  return jsonb_build_object('result', 'queued', 'constantKey', accept_plan(p_si, p, p_plan), 'si', p_si);
end $$`,
  sql`
create function insert_signal(p jsonb, p_body bytea, p_verdict text, p_answer jsonb, p_duplicate_of uuid) returns void language sql as $$
  insert into signals (id, strategy_id, path, source_address, content_type, body, idempotency_key,
      verdict, code, http_status, answer, notes, duplicate_of)
    values ((p->>'id')::uuid, (p->>'strategy_id')::integer, p->>'path', p->>'source_address', p->>'content_type', p_body,
      p->>'idempotency_key', p_verdict,
      case p_verdict when 'duplicate' then 'duplicate_signal' when 'queued' then null else p->>'code' end,
      case when p_verdict in ('queued', 'duplicate') then 200 else (p->>'http_status')::smallint end,
      p_answer, p->'notes', p_duplicate_of)
$$`,
  // One signal with all that it leads to, or nothing: the decision was made from a snapshot of the
  // strategy, and when the strategy has moved on nothing is written.
  sql`
create function store_signal(p jsonb, p_body bytea) returns jsonb language plpgsql as $$
declare
  v_plan jsonb; v_result jsonb; v_results jsonb := '[]'; v_superseded jsonb := '[]';
  v_verdict text := p->>'verdict'; v_duplicate_of uuid; v_si bigint; o orders;
  v_ahead jsonb := '{}'; v_lane text; v_entries_left integer;
begin
  -- Locked, so that once a change of the strategy was committed nothing more is stored by what it was.
  perform 1 from strategies where id = (p->>'strategy_id')::integer
    and version = (p->>'strategy_version')::integer and deleted_at is null for share;
  if not found then return '{"kind": "moved_on"}'; end if;
  if jsonb_array_length(p->'plans') > 0 then perform lock_instruments(p); end if;
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
    v_duplicate_of := (jsonb_path_query_first(v_results, '$[*].firstSignalId') #>> '{}')::uuid;
    v_verdict := case when v_duplicate_of is null then 'refused' else 'duplicate' end;
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
