import { type Kysely, sql } from 'kysely';

// A thousand square-offs are due in one minute. What each asks is asked by functions, so that each connection plans it
// once: planning took longer than reading.
const statements = [
  // As before, but all exits of a strategy are one statement. An exit whose instrument is not there is an error.
  sql`
create or replace function store_exits(p jsonb) returns void language plpgsql as $$
begin
  with numbered as materialized (
    select x, nr, si.id as si, si.next_seq + row_number() over (partition by si.id order by nr) - 1 as seq
    from jsonb_array_elements(p->'exits') with ordinality t (x, nr)
      left join strategy_instruments si on si.strategy_id = (p->>'strategy_id')::integer
        and si.account_id = (x->>'account_id')::integer and si.exchange = x->>'exchange'
        and si.symbol = x->>'symbol' and si.product = x->>'product'),
  taken as (
    update strategy_instruments s set next_seq = n.last + 1
      from (select si, max(seq) as last from numbered group by si) n where s.id = n.si),
  joined as materialized (
    select n.*, j.closing, j.wish
    from numbered n, join_closing(n.si, n.seq, p || jsonb_build_object('account_id', n.x->'account_id'), n.x) j)
  insert into orders (id, square_off_id, closing_id, strategy_id, account_id, strategy_instrument_id, seq, wish_seq,
      strategy_name, exchange, symbol, product, role, lane, priority, action, quantity, quantity_limit, target_position,
      own_target, expires_at, not_before)
    select r.id, (p->>'square_off_id')::bigint, closing, (p->>'strategy_id')::integer, r.account_id, si, seq, wish,
      p->>'strategy_name', r.exchange, r.symbol, r.product, r.role, r.lane, r.priority, r.action, r.quantity, r.quantity_limit,
      r.target_position, r.own_target, clock_timestamp() + ms(least(r.expires_in_ms, r.latest_expires_in_ms)),
      clock_timestamp() + ms(r.not_before_in_ms)
    from joined, jsonb_to_record(x) r (id uuid, account_id integer, exchange text, symbol text, product text, role text,
      lane text, priority smallint, action text, quantity integer, quantity_limit integer, target_position integer,
      own_target integer, expires_in_ms numeric, latest_expires_in_ms numeric, not_before_in_ms numeric)
    order by nr;
end $$`,
  sql`
create function traded_instruments(p_strategy integer, p_since_ms numeric, p_until_ms numeric, p_is_present_mode boolean)
returns table (account_id integer, exchange text, symbol text, product text) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select distinct account_id, exchange, symbol, product from orders
    where strategy_id = p_strategy and attempt > 0
      and stored_at >= clock_timestamp() - ms(p_since_ms) and stored_at < clock_timestamp() - ms(p_until_ms)
      and (not p_is_present_mode or coalesce(mode = account_mode(account_id), true))
      and (filled_quantity > 0 or status in
        ('submitting', 'indeterminate', 'awaiting_approval', 'absent', 'accepted', 'filled'))
    order by 1, 2, 3, 4;
end $$`,
  sql`
create function held_there(p_strategy integer) returns table (
  account_id integer, exchange text, symbol text, product text, own integer, coming integer, entries integer
) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select si.account_id, si.exchange, si.symbol, si.product, h.own, h.coming, h.entries
    from strategy_instruments si, lateral held_position(si.id, account_mode(si.account_id), si.next_seq) h
    where si.strategy_id = p_strategy
      and (exists (select from positions p where p.strategy_instrument_id = si.id and p.own <> 0)
        or exists (select from orders o where o.strategy_instrument_id = si.id
          and o.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')))
      and (h.own <> 0 or h.coming <> 0)
    order by 1, 2, 3, 4;
end $$`,
  sql`
create function held_in_other_mode(p_strategy integer) returns table (
  account_id integer, exchange text, symbol text, product text, own integer, mode text
) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select si.account_id, si.exchange, si.symbol, si.product, p.own, p.mode
    from strategy_instruments si join openalgo_accounts a on a.id = si.account_id
      join positions p on p.strategy_instrument_id = si.id and p.own <> 0 and p.mode <> a.mode
    where si.strategy_id = p_strategy
    order by 1, 2, 3, 4;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
