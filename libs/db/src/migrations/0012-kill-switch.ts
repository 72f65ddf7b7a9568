import { type Kysely, sql } from 'kysely';

const statements = [
  // The kill switch's positions that cover a strategy: everybody's, its account's, its own.
  sql`
create function kill_switches_over(p_account_id integer, p_strategy_id integer) returns setof text stable language sql as $$
  select strength from brakes
  where (scope, scope_id) in (('everything', 0), ('account', p_account_id), ('strategy', p_strategy_id))
$$`,
  // What makes an order wait, in the order in which a person would mend it. What makes it void is
  // void_entry: such an order is due, so that its claim ends it.
  sql`
create or replace function account_brake(p_account_id integer, p_strategy_id integer, p_role text) returns text stable language sql as $$
  select case
    when a.paused_at is not null then 'account_paused'
    when a.live_confirmed_at is null and a.mode is distinct from 'analyze' then 'trading_off'
    when a.session_dead_at is not null then 'session_dead'
    when b.halted then 'halted'
    when p_role = 'entry' and b.stopped then 'entries_stopped'
  end
  from openalgo_accounts a,
    lateral (select coalesce(bool_or(strength = 'halt'), false) halted,
                    coalesce(bool_or(strength = 'stop_entries'), false) stopped
             from kill_switches_over(p_account_id, p_strategy_id) strength) b
  where a.id = p_account_id
$$`,
  // Why a queued entry is to be cancelled, if it is.
  sql`
create function void_entry(p_account_id integer, p_strategy_id integer, out code text, out reason text) stable language sql as $$
  select case when off then 'strategy_inactive' when flat then 'flattening' end,
    case when off then 'The strategy was turned off before it was sent'
      when flat then 'The kill switch was set to flatten before it was sent' end
  from (select not (is_active and deleted_at is null) as off,
      'flatten' in (select kill_switches_over(p_account_id, p_strategy_id)) as flat
    from strategies where id = p_strategy_id) s
$$`,
  // What is told of an order that a claim or a release found too old; the sweep tells of many at once.
  sql`
create function alert_expired(o orders) returns void language sql as $$
  insert into alerts (code, subject, bucket, account_id, strategy_id, order_id, text)
    select e.code, e.subject, date_bin('10 minutes', now(), timestamptz 'epoch'), o.account_id, o.strategy_id, e.order_id,
      format(e.text, o.action, coalesce(nullif(o.quantity, 0)::text, 'all of'), o.symbol, o.strategy_name)
    from (values
      ('exit', 'exit_expired', concat(o.strategy_name, ' ', o.exchange, ':', o.symbol, ':', o.product, ' ', o.id), o.id,
        '%1$s %2$s %3$s (%4$s) was not sent before it expired: close the position by hand if it is open'),
      ('entry', 'expired', o.strategy_name, null, '%4$s: %1$s %2$s %3$s was not sent in time')
    ) e (role, code, subject, order_id, text)
    where e.role = o.role
    on conflict (code, subject, bucket) do update set count = alerts.count + 1, last_at = clock_timestamp()
$$`,
  // Whoever moves the kill switch holds the lock alone until the commit: from then on no claim passes
  // that has not seen it, and what is still to be sent is submitting already.
  sql`
create function hold_kill_switch() returns void language sql as $$ select pg_advisory_xact_lock(1, 0) $$`,
  sql`
create or replace function refuse_claim(o orders, out verdict text, out detail text) language plpgsql as $$
declare v_void record; v_newer text;
begin
  if o.expires_at <= clock_timestamp() then
    update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id = o.id and status = 'queued';
    if found then perform alert_expired(o); end if;
    verdict := 'expired';
    return;
  end if;
  if o.role = 'entry' then
    select * into v_void from void_entry(o.account_id, o.strategy_id);
    if v_void.code is not null then
      update orders set status = 'cancelled', code = v_void.code, reason = v_void.reason
        where id = o.id and status = 'queued';
      verdict := 'cancelled';
      return;
    end if;
  end if;
  v_newer := void_by_newer(o);
  if v_newer is not null then
    update orders set status = 'superseded', code = 'superseded', reason = v_newer where id = o.id and status = 'queued';
    verdict := 'superseded';
    return;
  end if;
  detail := account_brake(o.account_id, o.strategy_id, o.role);
  if detail is not null then verdict := 'braked'; end if;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
