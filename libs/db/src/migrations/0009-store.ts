import { type Kysely, sql } from 'kysely';

const statements = [
  // The signal that a plan repeats, if any; looked up, and accepted below, under the instrument's lock.
  // By content: the last accepted signal said the same, a moment ago. By the sender's own key: within
  // ten minutes, later only while no other signal of the instrument was accepted in between.
  sql`
create function repeated_signal(p_si bigint, p jsonb, p_plan jsonb) returns uuid language sql as $$
  select l.signal_id from last_signals l
  where p_plan->>'key' is null and l.strategy_instrument_id = p_si
    and l.content_hash = decode(p_plan->>'content_hash', 'hex')
    and l.accepted_at > clock_timestamp() - ms((p->>'duplicate_window_ms')::integer)
  union all
  select k.signal_id from signal_keys k
  where k.strategy_instrument_id = p_si and k.key = p_plan->>'key'
    and k.action = p_plan->>'key_action' and k.target_position = p_plan->>'key_position'
    and (k.accepted_at > clock_timestamp() - interval '10 minutes'
      or not exists (select from last_signals l where l.strategy_instrument_id = p_si and l.signal_id <> k.signal_id))
$$`,
  // Remembers a plan as the instrument's last signal; true where its key was one that came before:
  // such a key is a constant, and proves nothing.
  sql`
create function accept_plan(p_si bigint, p jsonb, p_plan jsonb) returns boolean language plpgsql as $$
declare v_constant boolean := false;
begin
  if p_plan->>'key' is not null then
    insert into signal_keys (strategy_instrument_id, key, action, target_position, signal_id)
      values (p_si, p_plan->>'key', p_plan->>'key_action', p_plan->>'key_position', (p->>'id')::uuid)
      on conflict (strategy_instrument_id, key, action, target_position) do update
        set signal_id = excluded.signal_id, accepted_at = clock_timestamp()
      returning xmax <> 0 into v_constant;
  end if;
  insert into last_signals (strategy_instrument_id, content_hash, signal_id)
    values (p_si, decode(p_plan->>'content_hash', 'hex'), (p->>'id')::uuid)
    on conflict (strategy_instrument_id) do update
      set content_hash = excluded.content_hash, signal_id = excluded.signal_id, accepted_at = clock_timestamp();
  return v_constant;
end $$`,
  sql`
create function lock_instruments(p jsonb) returns void language plpgsql as $$
begin
  -- Inserted, then locked, each in key order: two replicas never wait for each other in a circle.
  insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select distinct (p->>'strategy_id')::integer, (p->>'account_id')::integer, x->>'exchange', x->>'symbol', x->>'product'
    from jsonb_array_elements(p->'plans') x
    order by 3, 4, 5
    on conflict do nothing;
  perform 1 from strategy_instruments si
    where si.strategy_id = (p->>'strategy_id')::integer and si.account_id = (p->>'account_id')::integer
      and (si.exchange, si.symbol, si.product) in
        (select x->>'exchange', x->>'symbol', x->>'product' from jsonb_array_elements(p->'plans') x)
    order by si.exchange, si.symbol, si.product
    for no key update;
end $$`,
  sql`
create function queued_ahead(p_account integer, p_lane text) returns integer stable language sql as $$
  select count(*)::integer from (select from orders
    where account_id = p_account and lane = p_lane and status = 'queued' limit 2000) q
$$`,
  // A new exit, or a newer target, makes older entries void that were not sent yet. One that something
  // else holds is left: its next claim finds the newer order, and a webhook waits for no executor.
  sql`
create function supersede_older(o orders) returns jsonb language plpgsql as $$
declare v_ids jsonb;
begin
  if o.role = 'entry' and o.target_position is null then return '[]'; end if;
  with gone as (
    update orders set status = 'superseded', code = 'superseded',
        reason = 'A newer order of the same strategy and instrument: ' || o.id
      where id in (select id from orders
        where strategy_instrument_id = o.strategy_instrument_id and seq < o.seq and status = 'queued'
          and role = 'entry' and (o.role = 'exit' or target_position is not null)
        for no key update skip locked)
      returning id, account_id, lane)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane)), '[]') into v_ids from gone;
  return v_ids;
end $$`,
  sql`
create function insert_order(p jsonb, p_plan jsonb, p_si bigint, p_ahead integer) returns orders language plpgsql as $$
declare o orders; v_seq bigint; v_age numeric;
begin
  update strategy_instruments set next_seq = next_seq + 1 where id = p_si returning next_seq - 1 into v_seq;
  -- The age of an entry grows by what its lane has to do before it, two minutes at the most.
  v_age := (p_plan->>'expires_in_ms')::numeric;
  if p_plan->>'role' = 'entry' then
    v_age := v_age + least(p_ahead * (p->'interval_ms'->>(p_plan->>'lane'))::numeric, 120000);
  end if;
  v_age := least(v_age, (p_plan->>'latest_expires_in_ms')::numeric);
  insert into orders (id, signal_id, square_off_id, strategy_id, account_id, strategy_instrument_id, seq, strategy_name,
      exchange, symbol, product, role, lane, priority, action, quantity, target_position, expires_at)
    values ((p_plan->>'id')::uuid, (p->>'id')::uuid, (p->>'square_off_id')::bigint,
      (p->>'strategy_id')::integer, (p->>'account_id')::integer, p_si, v_seq, p->>'strategy_name',
      p_plan->>'exchange', p_plan->>'symbol', p_plan->>'product', p_plan->>'role', p_plan->>'lane',
      (p_plan->>'priority')::smallint, p_plan->>'action', (p_plan->>'quantity')::integer,
      (p_plan->>'target_position')::integer, clock_timestamp() + ms(v_age))
    returning * into o;
  return o;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
