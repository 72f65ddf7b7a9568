import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but for the mode: an exit of what was built in the mode in which OpenAlgo is not now
  // names it, and its orders wait for it (mode_differs).
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
    on conflict (strategy_instrument_id) where status = 'open' do update set
      priority = least(c.priority, excluded.priority),
      scope = least(c.scope, excluded.scope),
      target = case when abs(excluded.target) < abs(c.target) then excluded.target else c.target end,
      wish_seq = greatest(c.wish_seq, excluded.wish_seq),
      square_off_id = coalesce(excluded.square_off_id, c.square_off_id),
      closes_at = greatest(c.closes_at, excluded.closes_at),
      next_step_at = clock_timestamp(), flat_since = null, told = '{}'
    returning id, p_seq into closing, wish;
end $$`,
  // What OpenAlgo says its mode is. Where it was switched while something is held that was built in the mode
  // before, a person hears of it: nothing of that is closed until it is back.
  sql`
create function record_account_mode(p_account integer, p_mode text) returns void language plpgsql as $$
declare v_before text; v_name text; v_held text;
begin
  select mode, name into v_before, v_name from openalgo_accounts where id = p_account for no key update;
  update openalgo_accounts set mode = p_mode, mode_seen_at = now() where id = p_account;
  if v_before is null or v_before = p_mode then return; end if;
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
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
