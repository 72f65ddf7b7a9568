import { type Kysely, sql } from 'kysely';

const statements = [
  // What the exchange takes in one order of an exact quantity; null: not known.
  sql`
create function most_in_one(p_plan jsonb) returns integer stable language sql as $$
  select most_per_order from symbols
  where exchange = p_plan->>'exchange' and symbol = p_plan->>'symbol' and p_plan->>'target_position' is null
$$`,
  // One more part of an entry: the same wish, with its own place in the order of its instrument. It waits
  // for the part before, whose end wakes it.
  sql`
create function insert_part(o orders, p_quantity integer) returns orders language plpgsql as $$
declare v_part orders := o;
begin
  update strategy_instruments set next_seq = next_seq + 1 where id = o.strategy_instrument_id
    returning next_seq - 1 into v_part.seq;
  v_part.id := gen_random_uuid();
  v_part.quantity := p_quantity;
  v_part.waits_for := o.id;
  insert into orders select v_part.*;
  return v_part;
end $$`,
  // As before, but an entry above the freeze quantity becomes several orders: an exchange refuses it whole.
  sql`
create or replace function insert_order(p jsonb, p_plan jsonb, p_si bigint, p_ahead integer) returns orders language plpgsql as $$
declare
  o orders; v_part orders; v_seq bigint; v_age numeric; v_wish bigint; v_closing uuid;
  v_rest integer := (p_plan->>'quantity')::integer; v_most integer := (p_plan->>'quantity_limit')::integer;
begin
  update strategy_instruments set next_seq = next_seq + 1 where id = p_si returning next_seq - 1 into v_seq;
  -- The age of an entry grows by what its lane has to do before it, two minutes at the most.
  v_age := (p_plan->>'expires_in_ms')::numeric;
  if p_plan->>'role' = 'entry' then
    v_age := v_age + least(p_ahead * (p->'interval_ms'->>(p_plan->>'lane'))::numeric, 120000);
    v_most := most_in_one(p_plan);
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
      (p_plan->>'priority')::smallint, p_plan->>'action',
      case p_plan->>'role' when 'entry' then least(v_rest, v_most) else v_rest end, v_most,
      (p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, clock_timestamp() + ms(v_age),
      clock_timestamp() + ms((p_plan->>'not_before_in_ms')::numeric))
    returning * into o;
  v_part := o;
  while p_plan->>'role' = 'entry' and v_rest > v_most loop
    v_rest := v_rest - v_most;
    v_part := insert_part(v_part, least(v_rest, v_most));
  end loop;
  return o;
end $$`,
  // As before, and an entry takes no more at once than its limit either.
  sql`
create or replace function quantity_now(o orders, p_shown integer) returns integer stable language plpgsql as $$
declare v_mode text := account_mode(o.account_id); h record; v_sign integer := sign_of(o.action); v_quantity integer;
begin
  select * into h from held_position(o.strategy_instrument_id, v_mode, o.seq);
  if o.role = 'entry' then return least((o.own_target - h.own - h.coming) * v_sign, o.quantity_limit); end if;
  v_quantity := -h.own * v_sign - abs(o.own_target) - taken_in_flight(o);
  if p_shown is not null then v_quantity := least(v_quantity, -p_shown * v_sign); end if;
  return least(v_quantity, o.quantity_limit);
end $$`,
  // As before, but of a split entry only its first part counts as an entry.
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
  sql`
create or replace function move_by_fill() returns trigger language plpgsql as $$
declare v_mode text := coalesce(new.mode, 'live'); v_fill integer := new.filled_quantity - old.filled_quantity;
begin
  if new.target_position is not null then
    if v_fill > 0 or new.status = 'filled' and old.status <> 'filled' then
      perform move_by_smart_order(new, v_mode, v_fill, old.filled_quantity = 0);
    end if;
  elsif v_fill > 0 then
    perform move_position(new.strategy_instrument_id, v_mode, 'fill',
      own_of(new.strategy_instrument_id, v_mode) + sign_of(new.action) * v_fill,
      new.id, v_fill, old.filled_quantity = 0 and new.role = 'entry' and new.seq = new.wish_seq);
  end if;
  return null;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
