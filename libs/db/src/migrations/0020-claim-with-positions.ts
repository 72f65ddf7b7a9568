import { type Kysely, sql } from 'kysely';

const statements = [
  // A newer wish makes an unsent older entry void: any exit, or a newer target for a target.
  sql`
create or replace function newer_wish(o orders) returns uuid stable language sql as $$
  select x.id from orders x
  where x.strategy_instrument_id = o.strategy_instrument_id and x.wish_seq > o.seq
    and (x.role = 'exit' or x.target_position is not null or x.own_target is not null)
    and (x.role = 'exit' or target_of(o) is not null)
    and o.role = 'entry'
  limit 1
$$`,
  // A newer order of which some attempt was made that may have reached OpenAlgo: an older one that
  // comes back late must not follow it. Of a closing, one order never stands in the way of another.
  sql`
create or replace function newer_call(o orders) returns uuid stable language sql as $$
  select x.id from orders x join executions e on e.order_id = x.id
  where x.strategy_instrument_id = o.strategy_instrument_id and x.wish_seq > o.wish_seq and x.seq > o.seq
    and x.closing_id is distinct from coalesce(o.closing_id, '00000000-0000-0000-0000-000000000000')
    and e.outcome is distinct from 'not_sent'
  limit 1
$$`,
  // The open closing, of an older wish, that an entry waits for.
  sql`
create function older_closing(o orders) returns uuid stable language sql as $$
  select id from closings
  where strategy_instrument_id = o.strategy_instrument_id and status = 'open' and wish_seq < o.seq and o.role = 'entry'
$$`,
  // Makes o wait for a closing, whose end wakes it; null when something else moves the closing just now.
  sql`
create function park_behind_closing(o orders, p_closing uuid) returns boolean language plpgsql as $$
declare v_status text;
begin
  select status into v_status from closings where id = p_closing for share skip locked;
  if not found then return null; end if;
  if v_status <> 'open' then return false; end if;
  update orders set waits_for_closing = p_closing where id = o.id;
  return true;
end $$`,
  // What orders on their way already take of the position that o closes: exits, and reversals.
  sql`
create function taken_in_flight(o orders) returns integer stable language sql as $$
  select coalesce(sum(x.quantity - x.filled_quantity), 0)::integer from orders x
  where x.strategy_instrument_id = o.strategy_instrument_id and x.id <> o.id and x.action = o.action and x.target_position is null
    and (x.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(x))
$$`,
  // How much an order with a target of its own has to move now: an entry from what is held and on its
  // way, an exit from what is held for certain, less what other exits take. p_shown is what a clean
  // position book shows of the account there: an exit takes no more than that.
  sql`
create function quantity_now(o orders, p_shown integer) returns integer stable language plpgsql as $$
declare v_mode text := account_mode(o.account_id); h record; v_sign integer := sign_of(o.action); v_quantity integer;
begin
  select * into h from held_position(o.strategy_instrument_id, v_mode, o.seq);
  if o.role = 'entry' then return (o.own_target - h.own - h.coming) * v_sign; end if;
  v_quantity := -h.own * v_sign - abs(o.own_target) - taken_in_flight(o);
  if p_shown is not null then v_quantity := least(v_quantity, -p_shown * v_sign); end if;
  return least(v_quantity, o.quantity_limit);
end $$`,
  // Sets the order's quantity to what is to be moved now; ends an order that has nothing to move.
  sql`
create function fit_quantity(o orders, p_shown integer) returns orders language plpgsql as $$
declare v_quantity integer := quantity_now(o, p_shown);
begin
  if v_quantity > 0 then
    update orders set quantity = v_quantity where id = o.id and quantity <> v_quantity;
    o.quantity := v_quantity;
    return o;
  end if;
  o.code := case o.role when 'entry' then 'already_at_target' else 'nothing_to_exit' end;
  o.reason := case o.role when 'entry' then 'The strategy holds, or awaits, as much already'
    else 'Nothing that is certain to be held is left to close' end;
  o.status := 'cancelled';
  update orders set status = o.status, code = o.code, reason = o.reason where id = o.id and status = 'queued';
  return o;
end $$`,
  // An exit of a position that was built in the other mode: OpenAlgo's analyzer was switched since.
  sql`
create function mode_differs(o orders) returns boolean stable language sql as $$
  select exists (select from closings where id = o.closing_id and mode <> account_mode(o.account_id))
$$`,
  sql`drop function claim_order(uuid, uuid, claim_settings)`,
  sql`
create function claim_order(p_id uuid, p_claim uuid, p_settings claim_settings, p_shown integer default null,
  out verdict text, out detail text, out taken integer, out wake_in_ms integer, out quantity integer) language plpgsql as $$
declare o orders; v_until timestamptz; v_wait interval := ms((p_settings).exit_wait_ms); v_closing uuid;
begin
  select * into o from orders where id = p_id;
  if not found or o.status <> 'queued' then verdict := 'not_queued'; return; end if;
  perform pass_kill_switch();
  perform pg_advisory_xact_lock(claim_lock(o));
  select * into o from orders where id = p_id for no key update skip locked;
  if not found then verdict := 'waits'; wake_in_ms := look_again_ms(); return; end if;
  if o.status <> 'queued' then verdict := 'not_queued'; return; end if;
  if o.not_before > clock_timestamp() then
    verdict := 'not_yet'; wake_in_ms := ms_until(o.not_before); return;
  end if;
  select r.verdict, r.detail into verdict, detail from refuse_claim(o) r;
  if verdict is not null then return; end if;
  if mode_differs(o) then verdict := 'braked'; detail := 'mode_changed'; return; end if;
  select w.blocker, w.wake_in_ms into detail, wake_in_ms from wait_for_others(o, v_wait) w;
  if detail is not null then verdict := 'waits'; return; end if;
  v_closing := older_closing(o);
  if v_closing is not null then
    verdict := 'waits';
    if park_behind_closing(o, v_closing) is not true then wake_in_ms := look_again_ms(); end if;
    return;
  end if;
  if o.lane = 'smart' then
    v_until := smart_gap_end(o, ms((p_settings).smart_gap_ms));
    if v_until > clock_timestamp() then
      update orders set not_before = v_until where id = o.id;
      verdict := 'not_yet'; wake_in_ms := ms_until(v_until); return;
    end if;
  end if;
  if o.own_target is not null then
    o := fit_quantity(o, p_shown);
    if o.status <> 'queued' then verdict := 'cancelled'; return; end if;
  end if;
  if o.role = 'entry' then
    insert into submissions (order_id, account_id, fingerprint)
      values (o.id, o.account_id, order_fingerprint(o)) on conflict (account_id, fingerprint) do nothing;
    -- A twin came back from "absent" this moment, or the quantity became that of one.
    if not found then verdict := 'waits'; wake_in_ms := look_again_ms(); return; end if;
  end if;
  taken := take_order(o, p_claim, p_settings);
  quantity := o.quantity;
  verdict := case when taken is null then 'not_queued' else 'taken' end;
  if taken is null then delete from submissions where order_id = o.id; end if;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
