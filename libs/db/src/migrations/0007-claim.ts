import { type Kysely, sql } from 'kysely';

// Each statement of a plpgsql function sees what was committed before it began (READ COMMITTED),
// so what follows the advisory lock sees every claim, answer and store that came before.
const statements = [
  sql`
create type claim_settings as (
  executor text,
  lease_ms integer,
  send_window_ms integer,
  exit_wait_ms integer,
  smart_gap_ms integer
)`,
  sql`create function ms(p_ms numeric) returns interval immutable language sql as $$ select p_ms * interval '1 millisecond' $$`,
  sql`
create function ms_until(p_at timestamptz) returns integer volatile language sql as $$
  select case when p_at is not null then greatest(1, ceil(extract(epoch from p_at - clock_timestamp()) * 1000))::integer end
$$`,
  // Until whoever moves a row this very moment is surely done.
  sql`create function look_again_ms() returns integer immutable language sql as $$ select 100 $$`,
  // What forbids the account to call at all, in the order in which a person would mend it.
  sql`
create function account_brake(p_account_id integer, p_strategy_id integer, p_role text) returns text stable language sql as $$
  select case
    when a.paused_at is not null then 'account_paused'
    when a.live_confirmed_at is null and a.mode is distinct from 'analyze' then 'trading_off'
    when a.session_dead_at is not null then 'session_dead'
    when b.halted then 'halted'
    when p_role = 'entry' and b.stopped then 'entries_stopped'
  end
  from openalgo_accounts a,
    lateral (select coalesce(bool_or(strength = 'halt'), false) halted,
                    coalesce(bool_or(strength <> 'halt'), false) stopped
             from brakes
             where (scope, scope_id) in (('everything', 0), ('account', p_account_id), ('strategy', p_strategy_id))) b
  where a.id = p_account_id
$$`,
  // Waits while the kill switch is being moved; taken before any row, which its mover may want.
  sql`create function pass_kill_switch() returns void language sql as $$ select pg_advisory_xact_lock_shared(1, 0) $$`,
  sql`
create function order_fingerprint(o orders) returns text immutable language sql as $$
  select case o.lane
    when 'smart' then concat_ws(':', 'smart', o.exchange, o.symbol, o.product)
    else concat_ws(':', o.exchange, o.symbol, o.product, o.action, o.quantity) end
$$`,
  // Claims of an account's instrument come one at a time, of whichever strategy: a smart order moves
  // the account's position, and two identical entries may be two strategies'.
  sql`
create function claim_lock(o orders) returns bigint immutable language sql as $$
  select hashtextextended(concat_ws(':', o.account_id, o.exchange, o.symbol, o.product), 0)
$$`,
  // Books are of one day: between the evening's last trade and the morning's first, brokers empty them.
  sql`
create function book_day_start() returns timestamptz stable language sql as $$
  select (date_trunc('day', now() at time zone 'Asia/Kolkata' - interval '8.5 hours') + interval '8.5 hours')
    at time zone 'Asia/Kolkata'
$$`,
  // Whether an accepted order may still fill: no order outlives its day but one that was given while the
  // market was closed, and that one stands in the book of the next day.
  sql`
create function may_fill(o orders) returns boolean stable language sql as $$
  select o.status = 'accepted' and (o.claimed_at >= book_day_start()
    or exists (select from broker_orders b where b.account_id = o.account_id
      and b.broker_order_id = o.broker_order_id and b.last_seen_at >= book_day_start())
    or o.claimed_at >= book_day_start() - interval '4 days' and not exists (select from book_reads r
      where r.account_id = o.account_id and r.clean_started_at >= book_day_start()))
$$`,
  // Whether p_blocker, seen by a claim of p_waiter, still makes it wait. A queued order is in the way of
  // its own strategy's only: another's was surely not sent.
  sql`
create function order_blocks(p_waiter orders, p_blocker orders) returns boolean stable language sql as $$
  select case p_blocker.status
    when 'queued' then p_waiter.strategy_instrument_id = p_blocker.strategy_instrument_id
      and (p_waiter.role = 'entry' or p_blocker.role = 'exit')
    when 'submitting' then true
    when 'indeterminate' then p_waiter.role = 'entry' or p_waiter.lane = 'smart'
    when 'awaiting_approval' then p_waiter.role = 'entry' or p_waiter.lane = 'smart'
    when 'accepted' then p_waiter.lane = 'smart' and may_fill(p_blocker)
    else false end
$$`,
  // The order that o must wait for, if any, and until when: an older one of its instrument, or a twin. An exit waits for a call in
  // flight p_exit_wait at the most: a hanging entry must not keep a position open. What it waits for
  // while it is queued may be such a call a moment later, so then it looks again as well.
  sql`
create function find_blocker(o orders, p_exit_wait interval, out blocker uuid, out until timestamptz) language plpgsql as $$
declare p orders; v_now timestamptz := clock_timestamp();
begin
  for p in
    select * from orders x
    where x.strategy_instrument_id = o.strategy_instrument_id and x.seq < o.seq
      and x.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')
      and not (x.status = 'queued' and x.expires_at <= v_now)
    order by x.seq
  loop
    continue when not order_blocks(o, p);
    continue when o.role = 'exit' and p.status <> 'queued' and p.claimed_at + p_exit_wait <= v_now;
    blocker := p.id;
    until := case when o.role = 'exit' then p_exit_wait + case when p.status = 'queued' then v_now else p.claimed_at end end;
    return;
  end loop;
  if o.role = 'entry' then
    select s.order_id into blocker from submissions s
      where s.account_id = o.account_id and s.fingerprint = order_fingerprint(o);
    if blocker is not null then return; end if;
  end if;
  if o.lane <> 'smart' then return; end if;
  -- A smart order moves the account's position, so the account's other orders count as well.
  select x.id, case when o.role = 'exit' then x.claimed_at + p_exit_wait end into blocker, until
  from orders x
  where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol and x.product = o.product
    and x.status in ('submitting', 'indeterminate', 'awaiting_approval', 'accepted') and x.id <> o.id
    and order_blocks(o, x) and (x.strategy_instrument_id <> o.strategy_instrument_id or x.seq < o.seq)
    and (o.role = 'entry' or x.claimed_at + p_exit_wait > v_now)
  order by x.claimed_at desc limit 1;
end $$`,
  // Makes o wait, so that what moves the blocker wakes it. Locked, the blocker cannot move on between
  // the look and the wait; null when something has it already, which may be about to wake o: a claim
  // waits for no row, so that it is in no circle of waits.
  sql`
create function park_order(o orders, p_blocker uuid, p_until timestamptz) returns boolean language plpgsql as $$
declare b orders;
begin
  select * into b from orders where id = p_blocker for share skip locked;
  if not found then return null; end if;
  if not order_blocks(o, b) then return false; end if;
  update orders set waits_for = p_blocker, waits_until = p_until where id = o.id;
  return true;
end $$`,
  sql`
create function wait_for_others(o orders, p_exit_wait interval, out blocker uuid, out wake_in_ms integer) language plpgsql as $$
declare v_until timestamptz; v_parked boolean;
begin
  for look in 1..10 loop
    select f.blocker, f.until into blocker, v_until from find_blocker(o, p_exit_wait) f;
    exit when blocker is null;
    v_parked := park_order(o, blocker, v_until);
    continue when v_parked is false;
    wake_in_ms := case when v_parked then ms_until(v_until) else look_again_ms() end;
    return;
  end loop;
  if blocker is not null then wake_in_ms := look_again_ms(); end if;
end $$`,
  // A newer wish makes an unsent older entry void: any exit, or a newer target for a target.
  sql`
create function newer_wish(o orders) returns uuid stable language sql as $$
  select x.id from orders x
  where x.strategy_instrument_id = o.strategy_instrument_id and x.seq > o.seq
    and (x.role = 'exit' or x.target_position is not null)
    and (x.role = 'exit' or o.target_position is not null)
    and o.role = 'entry'
  limit 1
$$`,
  // A newer order of which some attempt was made that may have reached OpenAlgo: an older one that
  // comes back late must not follow it.
  sql`
create function newer_call(o orders) returns uuid stable language sql as $$
  select x.id from orders x join executions e on e.order_id = x.id
  where x.strategy_instrument_id = o.strategy_instrument_id and x.seq > o.seq and e.outcome is distinct from 'not_sent'
  limit 1
$$`,
  // Why a newer order of the same strategy and instrument makes o void, if one does.
  sql`
create function void_by_newer(o orders) returns text stable language plpgsql as $$
declare v_newer uuid;
begin
  v_newer := newer_wish(o);
  if v_newer is not null then return 'A newer order of the same strategy and instrument: ' || v_newer; end if;
  v_newer := newer_call(o);
  if v_newer is not null then
    return 'A newer order of the same strategy and instrument was sent before it: ' || v_newer;
  end if;
  return null;
end $$`,
  sql`
create function refuse_claim(o orders, out verdict text, out detail text) language plpgsql as $$
declare v_active boolean; v_void text;
begin
  if o.expires_at <= clock_timestamp() then
    update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id = o.id and status = 'queued';
    verdict := 'expired';
    return;
  end if;
  select is_active and deleted_at is null into v_active from strategies where id = o.strategy_id;
  if o.role = 'entry' and not v_active then
    update orders set status = 'cancelled', code = 'strategy_inactive', reason = 'The strategy was turned off before it was sent'
      where id = o.id and status = 'queued';
    verdict := 'cancelled';
    return;
  end if;
  v_void := void_by_newer(o);
  if v_void is not null then
    update orders set status = 'superseded', code = 'superseded', reason = v_void where id = o.id and status = 'queued';
    verdict := 'superseded';
    return;
  end if;
  detail := account_brake(o.account_id, o.strategy_id, o.role);
  if detail is not null then verdict := 'braked'; end if;
end $$`,
  // When the account's last order on the instrument became final too recently: OpenAlgo serves
  // positions from a cache of one second, and a smart order computes from them.
  sql`
create function smart_gap_end(o orders, p_gap interval) returns timestamptz stable language sql as $$
  select max(x.final_at) + p_gap from (
    select final_at from orders
    where account_id = o.account_id and exchange = o.exchange and symbol = o.symbol and product = o.product
      and final_at is not null and attempt > 0
    order by final_at desc limit 1) x
$$`,
  sql`
create function take_order(o orders, p_claim uuid, p_settings claim_settings) returns integer language plpgsql as $$
declare v_attempt integer; v_now timestamptz := clock_timestamp();
begin
  update orders set status = 'submitting', attempt = attempt + 1, executor = (p_settings).executor, claim_id = p_claim,
      claimed_at = v_now, not_before = null, code = null, reason = null,
      lease_until = v_now + ms((p_settings).lease_ms),
      send_before = v_now + ms((p_settings).send_window_ms)
    where id = o.id and status = 'queued' and expires_at > v_now
    returning attempt into v_attempt;
  if v_attempt is not null then
    insert into executions (order_id, attempt, executor, claimed_at)
      values (o.id, v_attempt, (p_settings).executor, v_now);
  end if;
  return v_attempt;
end $$`,
  sql`
create function claim_order(p_id uuid, p_claim uuid, p_settings claim_settings,
  out verdict text, out detail text, out taken integer, out wake_in_ms integer) language plpgsql as $$
declare o orders; v_until timestamptz; v_wait interval := ms((p_settings).exit_wait_ms);
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
  select w.blocker, w.wake_in_ms into detail, wake_in_ms from wait_for_others(o, v_wait) w;
  if detail is not null then verdict := 'waits'; return; end if;
  if o.lane = 'smart' then
    v_until := smart_gap_end(o, ms((p_settings).smart_gap_ms));
    if v_until > clock_timestamp() then
      update orders set not_before = v_until where id = o.id;
      verdict := 'not_yet'; wake_in_ms := ms_until(v_until); return;
    end if;
  end if;
  if o.role = 'entry' then
    insert into submissions (order_id, account_id, fingerprint)
      values (o.id, o.account_id, order_fingerprint(o)) on conflict (account_id, fingerprint) do nothing;
    -- A twin came back from "absent" this moment.
    if not found then verdict := 'waits'; wake_in_ms := look_again_ms(); return; end if;
  end if;
  taken := take_order(o, p_claim, p_settings);
  verdict := case when taken is null then 'not_queued' else 'taken' end;
  if taken is null then delete from submissions where order_id = o.id; end if;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
