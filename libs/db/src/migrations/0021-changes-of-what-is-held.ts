import { type Kysely, sql } from 'kysely';

const states = [
  sql`
alter table strategies
  -- Active for its exits alone.
  add column exits_only boolean not null default false,
  -- Its owner deleted it; it goes when nothing is held, or coming, any more.
  add column delete_when_flat boolean not null default false,
  add check (is_active or not exits_only)`,
  sql`create index strategies_going on strategies (id) where delete_when_flat and deleted_at is null`,
  sql`
alter table openalgo_accounts
  add column delete_when_flat boolean not null default false,
  -- History keeps pointing at a deleted account; its key is gone.
  add column deleted_at timestamptz`,
  // The same OpenAlgo, or the name, may be added again later.
  sql`
alter table openalgo_accounts
  drop constraint openalgo_accounts_user_id_name_key,
  drop constraint openalgo_accounts_base_url_api_key_fingerprint_key`,
  sql`create unique index openalgo_accounts_name on openalgo_accounts (user_id, name) where deleted_at is null`,
  sql`
create unique index openalgo_accounts_instance on openalgo_accounts (base_url, api_key_fingerprint)
  where deleted_at is null`,
  sql`
create or replace function void_entry(p_account_id integer, p_strategy_id integer, out code text, out reason text) stable language sql as $$
  select case when off then 'strategy_inactive' when exits_only then 'entries_off' when flat then 'flattening' end,
    case when off then 'The strategy was turned off before it was sent'
      when exits_only then 'Entries of the strategy were turned off before it was sent'
      when flat then 'The kill switch was set to flatten before it was sent' end
  from (select not (is_active and deleted_at is null) as off, exits_only,
      'flatten' in (select kill_switches_over(p_account_id, p_strategy_id)) as flat
    from strategies where id = p_strategy_id) s
$$`,
];

const formerMappings = [
  // A symbol that led to the instrument, and account, before a change: for exits, while something is held.
  sql`
create table former_mappings (
  id bigint generated always as identity primary key,
  strategy_instrument_id bigint not null references strategy_instruments (id),
  signal_symbol text not null check (signal_symbol = upper(btrim(signal_symbol)) and signal_symbol <> ''),
  -- Of the mapping that it was: units for one of the sender's; null: one.
  multiplier integer check (multiplier > 0),
  created_at timestamptz not null default clock_timestamp(),
  unique (strategy_instrument_id, signal_symbol)
)`,
  sql`
create function touch_strategy_of_former_mapping() returns trigger language plpgsql as $$
begin
  update strategies set version = version + 1
    where id = (select strategy_id from strategy_instruments where id = coalesce(new.strategy_instrument_id, old.strategy_instrument_id));
  return null;
end $$`,
  sql`
create trigger former_mappings_changed after insert or delete on former_mappings
  for each row execute function touch_strategy_of_former_mapping()`,
  // Whether a strategy holds something in one of its instruments, or may come to.
  sql`
create function may_hold(p_si bigint) returns boolean stable language sql as $$
  select exists (select from positions where strategy_instrument_id = p_si and own <> 0)
    or exists (select from orders o where o.strategy_instrument_id = p_si
      and o.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
      and (o.status <> 'accepted' or may_fill(o)))
    or exists (select from closings where strategy_instrument_id = p_si and status = 'open')
$$`,
  // The same, counting as coming what was given up as absent: it may yet turn up within its day.
  sql`
create function may_still_hold(p_si bigint) returns boolean stable language sql as $$
  select may_hold(p_si) or exists (select from orders
    where strategy_instrument_id = p_si and status = 'absent' and stored_at > now() - interval '1 day')
$$`,
  // What is held is forgotten, by its owner's word: nothing of it may be on its way. True: it is done.
  sql`
create function forget_place(p_si bigint) returns boolean language plpgsql as $$
begin
  perform 1 from strategy_instruments where id = p_si for no key update;
  update orders set status = 'cancelled', code = 'cancelled', reason = 'The position was forgotten, by its owner''s word'
    where strategy_instrument_id = p_si and status = 'queued';
  if exists (select from orders o where o.strategy_instrument_id = p_si
      and (o.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(o))) then
    return false;
  end if;
  perform end_closing(id, 'failed', 'the position was forgotten, by its owner''s word')
    from closings where strategy_instrument_id = p_si and status = 'open';
  perform move_position(p_si, mode, 'person', 0, null, 0, false)
    from positions where strategy_instrument_id = p_si and own <> 0;
  return true;
end $$`,
  // Ends what was only kept until nothing is held any more. Each is looked at under its lock: whoever
  // stores something for it has come before, or decides again.
  sql`
create function end_what_is_flat() returns table (kind text, id integer, name text) language plpgsql as $$
declare r record;
begin
  for r in
    select distinct s.id from former_mappings f join strategy_instruments si on si.id = f.strategy_instrument_id
      join strategies s on s.id = si.strategy_id
    order by s.id
  loop
    perform 1 from strategies s where s.id = r.id for no key update skip locked;
    continue when not found;
    delete from former_mappings f using strategy_instruments si
      where si.id = f.strategy_instrument_id and si.strategy_id = r.id and not may_still_hold(si.id);
  end loop;
  for r in select s.id, s.name from strategies s
    where s.delete_when_flat and s.deleted_at is null order by s.id for no key update skip locked
  loop
    continue when exists (select from strategy_instruments si where si.strategy_id = r.id and may_still_hold(si.id));
    update strategies s set is_active = false, exits_only = false, deleted_at = now() where s.id = r.id;
    kind := 'strategy'; id := r.id; name := r.name;
    return next;
  end loop;
  for r in select a.id, a.name from openalgo_accounts a
    where a.delete_when_flat and a.deleted_at is null order by a.id for no key update skip locked
  loop
    continue when exists (select from strategies s where s.account_id = r.id and s.deleted_at is null)
      or exists (select from strategy_instruments si where si.account_id = r.id and may_still_hold(si.id));
    update openalgo_accounts a set api_key_box = '', deleted_at = now() where a.id = r.id;
    kind := 'account'; id := r.id; name := r.name;
    return next;
  end loop;
end $$`,
];

/** A signal may lead to exits on another account than the strategy's: each place says its own. */
const places = [
  sql`
create function account_of(p jsonb, x jsonb) returns integer immutable language sql as $$
  select coalesce((x->>'accountId')::integer, (p->>'account_id')::integer)
$$`,
  sql`
create or replace function lock_instruments(p jsonb) returns void language plpgsql as $$
begin
  -- Inserted, then locked, each in key order: two replicas never wait for each other in a circle.
  insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select distinct (p->>'strategy_id')::integer, account_of(p, x), x->>'exchange', x->>'symbol', x->>'product'
    from jsonb_array_elements(p->'plans') x
    order by 2, 3, 4, 5
    on conflict do nothing;
  perform 1 from strategy_instruments si
    where si.strategy_id = (p->>'strategy_id')::integer
      and (si.account_id, si.exchange, si.symbol, si.product) in
        (select account_of(p, x), x->>'exchange', x->>'symbol', x->>'product' from jsonb_array_elements(p->'plans') x)
    order by si.account_id, si.exchange, si.symbol, si.product
    for no key update;
end $$`,
  // What the strategy holds in each of these places, which come account by account, in their order.
  sql`
create function held_at(p_strategy integer, p_places jsonb) returns jsonb volatile language sql as $$
  select coalesce(jsonb_agg(h || jsonb_build_object('accountId', account) order by account, nr), '[]')
  from (select (x->>'accountId')::integer as account, jsonb_agg(x order by nr) as places
      from jsonb_array_elements(p_places) with ordinality t (x, nr) group by 1) a,
    lateral jsonb_array_elements(held_now(p_strategy, account, places)) with ordinality u (h, nr)
$$`,
  sql`
create or replace function lock_held(p jsonb) returns jsonb language plpgsql as $$
begin
  perform 1 from strategies where id = (p->>'strategy_id')::integer for share;
  perform lock_instruments(p);
  return held_at((p->>'strategy_id')::integer, p->'plans');
end $$`,
  sql`
create or replace function repeated_refusal(p jsonb) returns uuid stable language sql as $$
  select f.id from jsonb_array_elements(p->'repeats') x
    join strategy_instruments si on si.strategy_id = (p->>'strategy_id')::integer
      and si.account_id = account_of(p, x)
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
    v_held := held_at((p->>'strategy_id')::integer, p->'held');
    if v_held <> p->'held' then return jsonb_build_object('kind', 'held_moved', 'held', v_held); end if;
  end if;
  if p->'plans' @> '[{"role": "entry"}]' then v_entries_left := entries_left(p); end if;
  -- Whoever waited for this gave up: a statement that was held up on its way must not trade later.
  if extract(epoch from clock_timestamp()) * 1000 > (p->>'store_before_ms')::numeric then
    return '{"kind": "too_late"}';
  end if;
  for v_plan in select * from jsonb_array_elements(p->'plans') loop
    select id into strict v_si from strategy_instruments
      where strategy_id = (p->>'strategy_id')::integer and account_id = account_of(p, v_plan)
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
      v_ahead := v_ahead || jsonb_build_object(v_lane, queued_ahead(account_of(p, v_plan), v_lane));
    end if;
    o := insert_order(p || jsonb_build_object('account_id', account_of(p, v_plan)), v_plan, (v_result->>'si')::bigint, (v_ahead->>v_lane)::integer);
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
  for (const statement of [...states, ...formerMappings, ...places]) {
    await statement.execute(db);
  }
}
