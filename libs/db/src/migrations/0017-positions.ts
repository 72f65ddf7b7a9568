import { type Kysely, sql } from 'kysely';

const statements = [
  sql`alter table strategies drop constraint strategies_position_scope_check`,
  sql`alter table strategies add check (position_scope in ('account', 'strategy'))`,
  // Entries, in the direction of the position, that filled since it was last flat.
  sql`alter table positions add column entries integer not null default 0 check (entries >= 0)`,
  // Every change of a strategy's own position, so that it can be told and computed again.
  sql`
create table position_moves (
  id bigint generated always as identity primary key,
  strategy_instrument_id bigint not null references strategy_instruments (id),
  mode text not null check (mode in ('live', 'analyze')),
  at timestamptz not null default clock_timestamp(),
  cause text not null check (cause in ('fill', 'smart', 'closing', 'person', 'day_end', 'expiry', 'rebuild')),
  order_id uuid references orders (id),
  -- By how much the order's filled quantity grew (shares, unsigned).
  fill_quantity integer not null default 0 check (fill_quantity >= 0),
  own_before integer not null,
  own_after integer not null
)`,
  sql`create index position_moves_of on position_moves (strategy_instrument_id, mode, id)`,
  sql`create index position_moves_late on position_moves (at) where order_id is not null`,
  sql`create index position_moves_of_order on position_moves (order_id) where order_id is not null`,
  sql`create index positions_open on positions (strategy_instrument_id) where own <> 0`,
  // The signed own position that the order wants afterwards: its quantity is computed at the claim.
  sql`alter table orders add column own_target integer`,
  // A broker takes no more than its freeze quantity in one order.
  sql`alter table orders add column quantity_limit integer check (quantity_limit > 0)`,
  sql`alter table orders drop constraint orders_check1`,
  sql`alter table orders add constraint orders_has_quantity check (quantity > 0 or target_position = 0 or own_target is not null)`,
  sql`create function sign_of(p_action text) returns integer immutable language sql as $$ select case p_action when 'BUY' then 1 else -1 end $$`,
  // The account's mode as it was last seen: the position that a signal means is that mode's.
  sql`
create function account_mode(p_account integer) returns text stable language sql as $$
  select coalesce(mode, 'live') from openalgo_accounts where id = p_account
$$`,
  // Sets a position and writes the move down; a step of 0 that no fill made leaves no trace.
  sql`
create function move_position(p_si bigint, p_mode text, p_cause text, p_after integer, p_order uuid, p_fill integer, p_is_first_fill boolean)
returns void language plpgsql as $$
declare v_own integer; v_entries integer;
begin
  insert into positions (strategy_instrument_id, mode) values (p_si, p_mode) on conflict do nothing;
  select own, entries into v_own, v_entries from positions
    where strategy_instrument_id = p_si and mode = p_mode for update;
  if v_own = p_after and p_fill = 0 then return; end if;
  v_entries := case
    when p_after = 0 then 0
    when sign(p_after) <> sign(v_own) then 1
    else v_entries + case when p_is_first_fill then 1 else 0 end end;
  update positions set own = p_after, entries = v_entries, updated_at = clock_timestamp()
    where strategy_instrument_id = p_si and mode = p_mode;
  insert into position_moves (strategy_instrument_id, mode, cause, order_id, fill_quantity, own_before, own_after)
    values (p_si, p_mode, p_cause, p_order, p_fill, v_own, p_after);
end $$`,
  sql`
create function own_of(p_si bigint, p_mode text) returns integer stable language sql as $$
  select coalesce((select own from positions where strategy_instrument_id = p_si and mode = p_mode), 0)
$$`,
  // After a smart order to 0 the account holds nothing there, so no strategy does.
  sql`
create function flatten_positions(o orders, p_mode text, p_cause text, p_order uuid) returns void language sql as $$
  select move_position(si.id, p_mode, p_cause, 0, p_order, 0, false)
  from strategy_instruments si join positions p on p.strategy_instrument_id = si.id and p.mode = p_mode and p.own <> 0
  where si.account_id = o.account_id and si.exchange = o.exchange and si.symbol = o.symbol and si.product = o.product
  order by si.id
$$`,
  // A smart order moves the account, not by its quantity: own goes towards its target by what filled,
  // and is the target once it is done.
  sql`
create function move_by_smart_order(o orders, p_mode text, p_fill integer, p_is_first_fill boolean) returns void language plpgsql as $$
declare v_own integer := own_of(o.strategy_instrument_id, p_mode); v_after integer;
begin
  v_after := case
    when o.status = 'filled' then o.target_position
    when v_own < o.target_position then least(v_own + p_fill, o.target_position)
    else greatest(v_own - p_fill, o.target_position) end;
  perform move_position(o.strategy_instrument_id, p_mode, 'smart', v_after, o.id, p_fill, p_is_first_fill and o.role = 'entry');
  if o.status = 'filled' and o.target_position = 0 then perform flatten_positions(o, p_mode, 'smart', o.id); end if;
end $$`,
  // Own moves with the fills, in the transaction that records them.
  sql`
create function move_by_fill() returns trigger language plpgsql as $$
declare v_mode text := coalesce(new.mode, 'live'); v_fill integer := new.filled_quantity - old.filled_quantity;
begin
  if new.target_position is not null then
    if v_fill > 0 or new.status = 'filled' and old.status <> 'filled' then
      perform move_by_smart_order(new, v_mode, v_fill, old.filled_quantity = 0);
    end if;
  elsif v_fill > 0 then
    perform move_position(new.strategy_instrument_id, v_mode, 'fill',
      own_of(new.strategy_instrument_id, v_mode) + sign_of(new.action) * v_fill,
      new.id, v_fill, old.filled_quantity = 0 and new.role = 'entry');
  end if;
  return null;
end $$`,
  sql`
create trigger orders_move_position after update of filled_quantity, status on orders
  for each row when (new.filled_quantity > old.filled_quantity or (new.status = 'filled' and old.status <> 'filled'))
  execute function move_by_fill()`,
  // What the strategy holds, what its orders numbered below p_before may still fill, and the entries
  // among both: one statement, so that a fill is never counted in both or in neither.
  sql`
create function held_position(p_si bigint, p_mode text, p_before bigint, out own integer, out coming integer, out entries integer)
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
    if o.role = 'entry' and o.filled_quantity = 0 then entries := entries + 1; end if;
  end loop;
  coming := v_expected - own;
end $$`,
  // A position by its orders: what it was last set to, and all that regular orders filled since.
  sql`
create function own_by_orders(p_si bigint, p_mode text) returns integer stable language sql as $$
  with base as (
    select coalesce(max(id), 0) as id from position_moves
    where strategy_instrument_id = p_si and mode = p_mode and cause <> 'fill')
  select (coalesce((select own_after from position_moves m where m.id = base.id), 0)
    + coalesce((select sum(sign_of(o.action) * o.filled_quantity) from orders o
        where o.strategy_instrument_id = p_si and coalesce(o.mode, 'live') = p_mode and o.target_position is null), 0)
    - coalesce((select sum(sign_of(o.action) * m.fill_quantity) from position_moves m join orders o on o.id = m.order_id
        where m.strategy_instrument_id = p_si and m.mode = p_mode and m.cause = 'fill' and m.id < base.id), 0))::integer
  from base
$$`,
  sql`
create function rebuild_positions(p_strategy integer) returns table (si bigint, mode text, before integer, after integer)
language plpgsql as $$
declare r record;
begin
  for r in
    select i.id as si, m.mode from strategy_instruments i, (values ('live'), ('analyze')) m (mode)
    where p_strategy is null or i.strategy_id = p_strategy
    order by i.strategy_id, i.account_id, i.exchange, i.symbol, i.product
  loop
    perform 1 from positions p where p.strategy_instrument_id = r.si and p.mode = r.mode for update;
    before := own_of(r.si, r.mode);
    after := own_by_orders(r.si, r.mode);
    continue when before = after;
    si := r.si; mode := r.mode;
    perform move_position(r.si, r.mode, 'rebuild', after, null, 0, false);
    return next;
  end loop;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
