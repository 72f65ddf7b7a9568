import { type Kysely, sql } from 'kysely';

// OpenAlgo is one account in two modes, and what is held in one is nothing in the other. So an instrument has
// one open closing of each mode, neither ends or voids the other, and the mode is believed as soon as any
// answer shows it: a look a minute let exits of the live account be taken for the analyzer's.
const statements = [
  sql`drop index closings_open`,
  sql`
create unique index closings_open on closings (strategy_instrument_id, coalesce(mode, 'live')) where status = 'open'`,
  // As before, but a closing of the other mode is left as it is.
  sql`
create or replace function join_closing(p_si bigint, p_seq bigint, p jsonb, p_plan jsonb, out closing uuid, out wish bigint) language plpgsql as $$
declare v_target integer := coalesce((p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, 0);
begin
  if p_plan->>'again' is not null then
    select id, wish_seq into closing, wish from closings where id = (p_plan->>'again')::uuid;
    return;
  end if;
  insert into closings as c (id, strategy_instrument_id, cause, priority, scope, mode, target, wish_seq, square_off_id, closes_at)
    values (gen_random_uuid(), p_si, coalesce(p_plan->>'cause', 'signal'), (p_plan->>'priority')::smallint,
      case p_plan->>'lane' when 'smart' then 'account' else 'strategy' end,
      coalesce(p_plan->>'mode', (select mode from openalgo_accounts where id = (p->>'account_id')::integer)),
      v_target, p_seq, (p->>'square_off_id')::bigint, clock_timestamp() + ms((p_plan->>'expires_in_ms')::numeric))
    on conflict (strategy_instrument_id, coalesce(mode, 'live')) where status = 'open' do update set
      priority = least(c.priority, excluded.priority),
      scope = least(c.scope, excluded.scope),
      target = case when abs(excluded.target) < abs(c.target) then excluded.target else c.target end,
      wish_seq = greatest(c.wish_seq, excluded.wish_seq),
      square_off_id = coalesce(excluded.square_off_id, c.square_off_id),
      closes_at = greatest(c.closes_at, excluded.closes_at),
      next_step_at = clock_timestamp(), flat_since = null, told = '{}'
    returning id, p_seq into closing, wish;
end $$`,
  sql`drop function give_way(bigint, text)`,
  // As before, but an exit is not void because one of the other mode was sent after it.
  sql`
create or replace function newer_call(o orders) returns uuid stable language sql as $$
  select x.id from orders x join executions e on e.order_id = x.id
    left join closings of_x on of_x.id = x.closing_id left join closings of_o on of_o.id = o.closing_id
  where x.strategy_instrument_id = o.strategy_instrument_id and x.wish_seq > o.wish_seq and x.seq > o.seq
    and x.closing_id is distinct from coalesce(o.closing_id, '00000000-0000-0000-0000-000000000000')
    and e.outcome is distinct from 'not_sent'
    and (coalesce(x.mode, of_x.mode) <> of_o.mode) is not true
  limit 1
$$`,
  // As before, but what is on its way in the other mode takes nothing of what is held in this one.
  sql`
create or replace function taken_in_flight(o orders) returns integer stable language sql as $$
  select coalesce(sum(x.quantity - x.filled_quantity), 0)::integer from orders x
  where x.strategy_instrument_id = o.strategy_instrument_id and x.id <> o.id and x.action = o.action and x.target_position is null
    and (x.mode is null or x.mode = account_mode(o.account_id))
    and (x.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(x))
$$`,
  // An exit that came between the last look that showed the analyzer and the first that shows the live
  // account was taken for the analyzer's. Where nothing is held, resting or answered there, it can only have
  // meant the live position: nobody may think that this is being closed while it waits for the analyzer.
  sql`
create function bring_to_live(p_account integer, p_analyzer_seen_at timestamptz) returns void language plpgsql as $$
declare c closings; v_live uuid;
begin
  for c in
    select x.* from closings x join strategy_instruments si on si.id = x.strategy_instrument_id
    where si.account_id = p_account and x.status = 'open' and x.mode = 'analyze'
      and exists (select from orders w where w.strategy_instrument_id = si.id and w.seq = x.wish_seq
        and w.stored_at > p_analyzer_seen_at)
      and own_of(si.id, 'analyze') = 0
      and not exists (select from orders o where o.strategy_instrument_id = si.id and o.mode = 'analyze'
        and (o.closing_id = x.id or o.status = 'awaiting_approval' or may_fill(o)))
    order by si.strategy_id, si.account_id, si.exchange, si.symbol, si.product
    for no key update of si, x
  loop
    update closings set wish_seq = greatest(wish_seq, c.wish_seq), closes_at = greatest(closes_at, c.closes_at),
        target = case when abs(c.target) < abs(target) then c.target else target end,
        square_off_id = coalesce(c.square_off_id, square_off_id),
        next_step_at = clock_timestamp(), flat_since = null, told = '{}'
      where strategy_instrument_id = c.strategy_instrument_id and status = 'open' and coalesce(mode, 'live') = 'live'
      returning id into v_live;
    if v_live is null then
      update closings set mode = 'live', next_step_at = clock_timestamp(), flat_since = null, told = '{}' where id = c.id;
    else
      update orders set closing_id = v_live where closing_id = c.id;
      perform end_closing(c.id, 'nothing_open', format('it was taken for the analyzer, and goes on as closing %s', v_live));
    end if;
  end loop;
end $$`,
  // What an answer shows the mode of OpenAlgo to be. An answer to a question that was asked before the last
  // one says nothing. A person hears of a switch while something is held that was built in the mode before.
  sql`
create function see_account_mode(p_account integer, p_mode text, p_asked_at timestamptz) returns void language plpgsql as $$
declare v_before text; v_seen_at timestamptz; v_name text; v_held text;
begin
  select mode, mode_seen_at, name into v_before, v_seen_at, v_name from openalgo_accounts where id = p_account for no key update;
  if v_seen_at > p_asked_at and v_before is not null then return; end if;
  update openalgo_accounts set mode = p_mode, mode_seen_at = p_asked_at where id = p_account;
  if v_before = p_mode then return; end if;
  if v_before is null then
    -- The first mode that is known is that of what was asked before.
    update closings c set mode = p_mode from strategy_instruments si
      where si.id = c.strategy_instrument_id and si.account_id = p_account and c.status = 'open' and c.mode is null
        and not exists (select from closings x where x.strategy_instrument_id = si.id and x.status = 'open' and x.mode = p_mode);
    return;
  end if;
  if p_mode = 'live' then perform bring_to_live(p_account, v_seen_at); end if;
  select string_agg(format('%s %s:%s:%s (%s)', p.own, si.exchange, si.symbol, si.product, s.name), ', '
      order by s.name, si.exchange, si.symbol) into v_held
    from strategy_instruments si join strategies s on s.id = si.strategy_id
      join positions p on p.strategy_instrument_id = si.id and p.mode = v_before and p.own <> 0
    where si.account_id = p_account;
  if v_held is null then return; end if;
  insert into alerts (code, subject, bucket, account_id, text)
    values ('mode_changed', format('account %s %s', p_account, p_mode), date_bin('10 minutes', now(), timestamptz 'epoch'), p_account,
      format('OpenAlgo of account "%s" was switched to mode %s. Built in mode %s, and not closed before it is back: %s',
        v_name, p_mode, v_before, v_held))
    on conflict (code, subject, bucket) do update set count = alerts.count + 1, last_at = clock_timestamp();
end $$`,
  sql`
create or replace function record_account_mode(p_account integer, p_mode text) returns void language sql as $$
  select see_account_mode(p_account, p_mode, clock_timestamp())
$$`,
  // As before, and tells whether the answer came in another mode than the account is believed to be in. It is
  // not believed here: what follows from it locks what the holder of an order must not wait for.
  sql`drop function record_outcome(uuid, integer, jsonb)`,
  sql`
create function record_outcome(p_id uuid, p_attempt integer, p jsonb, out new_status text, out woken jsonb, out shows_other_mode boolean)
language plpgsql as $$
declare o orders; v_now timestamptz := clock_timestamp();
begin
  woken := '[]';
  select * into o from orders where id = p_id for update;
  shows_other_mode := (p->>'kind' = 'accepted'
    and (p->>'mode' = (select mode from openalgo_accounts where id = o.account_id)) is not true) is true;
  update executions set
      sent_at = v_now - ms((p->>'sent_ago_ms')::numeric),
      answered_at = v_now - ms((p->>'answered_ago_ms')::numeric),
      http_status = (p->>'http_status')::smallint,
      outcome = p->>'kind', answer = p->>'answer'
    where order_id = p_id and attempt = p_attempt;
  if not found or o.attempt <> p_attempt or o.status not in ('submitting', 'indeterminate', 'absent') then return; end if;
  new_status := status_after(o, p->>'kind', p->>'mode');
  if new_status = 'indeterminate' and o.status <> 'submitting' then new_status := o.status; return; end if;
  update orders set
      status = new_status,
      sent_at = coalesce(v_now - ms((p->>'sent_ago_ms')::numeric), sent_at),
      answered_at = coalesce(v_now - ms((p->>'answered_ago_ms')::numeric), answered_at),
      broker_order_id = coalesce(p->>'broker_order_id', broker_order_id),
      mode = coalesce(p->>'mode', mode),
      code = p->>'code', reason = p->>'reason',
      not_before = case when new_status = 'queued' then v_now + ms((p->>'retry_in_ms')::numeric) end
    where id = p_id;
  woken := wake_waiters(p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
