import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but a closing that is opened with its first order may be left alone for a while: there is
  // nothing to do before that order moves, and that makes the closing due at once.
  sql`
create or replace function join_closing(p_si bigint, p_seq bigint, p jsonb, p_plan jsonb, out closing uuid, out wish bigint) language plpgsql as $$
declare v_target integer := coalesce((p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, 0);
begin
  if p_plan->>'again' is not null then
    select id, wish_seq into closing, wish from closings where id = (p_plan->>'again')::uuid;
    return;
  end if;
  insert into closings as c (id, strategy_instrument_id, cause, priority, scope, mode, target, wish_seq, square_off_id, closes_at,
      next_step_at)
    values (gen_random_uuid(), p_si, coalesce(p_plan->>'cause', 'signal'), (p_plan->>'priority')::smallint,
      case p_plan->>'lane' when 'smart' then 'account' else 'strategy' end,
      coalesce(p_plan->>'mode', (select mode from openalgo_accounts where id = (p->>'account_id')::integer)),
      v_target, p_seq, (p->>'square_off_id')::bigint, clock_timestamp() + ms((p_plan->>'expires_in_ms')::numeric),
      clock_timestamp() + ms(coalesce((p->>'first_look_in_ms')::numeric, 0)))
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
  // Takes a square-off up in its transaction: locks it with every instrument of the strategy, so that from here on
  // nothing is stored for the strategy and none of its entries is claimed, voids what is queued to enter, and says
  // all that its exits are planned from. Null: it is done, or another worker's by now. One question instead of
  // eight: at 15:10 a thousand strategies ask it, and what a question costs is mostly its way.
  sql`
create function take_up_square_off(p jsonb) returns jsonb language plpgsql as $$
declare v_strategy integer := (p->>'strategy_id')::integer; v_account integer := (p->>'account_id')::integer; v_voided jsonb;
begin
  perform from square_offs where id = (p->>'id')::bigint and worker = p->>'worker' and status = 'working' for update;
  if not found then return null; end if;
  perform lock_strategy_instruments(v_strategy, v_account, p->'open');
  v_voided := void_queued_entries(v_strategy);
  return jsonb_build_object('voided', v_voided,
    'held', (select coalesce(jsonb_agg(to_jsonb(h) - 'nr' order by nr), '[]') from held_there(v_strategy)
      with ordinality h (account_id, exchange, symbol, product, own, coming, entries, nr)),
    'other_mode', (select coalesce(jsonb_agg(to_jsonb(h) - 'nr' order by nr), '[]') from held_in_other_mode(v_strategy)
      with ordinality h (account_id, exchange, symbol, product, own, mode, nr)),
    'traded', (select coalesce(jsonb_agg(to_jsonb(t) - 'nr' order by nr), '[]')
      from traded_instruments(v_strategy, (p->>'since_ms')::numeric, (p->>'until_ms')::numeric, true)
      with ordinality t (account_id, exchange, symbol, product, nr)),
    'stored', (select coalesce(jsonb_agg(jsonb_build_object('account_id', account_id, 'exchange', exchange, 'symbol', symbol,
      'product', product)), '[]') from orders where square_off_id = (p->>'id')::bigint),
    'brakes', (select coalesce(jsonb_object_agg(account_id, account_brake(account_id, v_strategy, 'exit')), '{}')
      from (select account_id from strategy_instruments where strategy_id = v_strategy
        union select v_account where v_account is not null) a));
end $$`,
  // Stores the exits of a square-off that was taken up, and its end; or, where the position book is not known
  // yet, when it is taken up again.
  sql`
create function put_down_square_off(p jsonb) returns void language plpgsql as $$
declare v_id bigint := (p->>'square_off_id')::bigint; v_exits integer := jsonb_array_length(p->'exits');
begin
  if v_exits > 0 then perform store_exits(p); end if;
  if (p->>'again_in_ms') is not null then
    update square_offs set lease_until = clock_timestamp() + ms((p->>'again_in_ms')::numeric), exits = exits + v_exits,
        detail = p->>'detail', book_empty_at = case when (p->>'is_empty')::boolean then clock_timestamp() end
      where id = v_id;
    return;
  end if;
  update square_offs set status = case when exits + v_exits > 0 then 'sent' else 'nothing_open' end,
      exits = exits + v_exits, detail = p->>'detail', ended_at = clock_timestamp(), lease_until = null
    where id = v_id;
  -- Its closings may all have ended before.
  perform end_square_off(v_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
