import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create function ms_since(p_at timestamptz) returns double precision volatile language sql as $$
  select (extract(epoch from clock_timestamp() - p_at) * 1000)::float8
$$`,
  // An open closing as its worker looks at it, many times. A function, as look_at_order is: planning it took
  // five times as long as reading.
  sql`
create function look_at_closing(p_id uuid) returns table (
  id uuid, strategy_id integer, strategy_name text, account_id integer, exchange text, symbol text, product text,
  scope text, target integer, mode text, account_mode text, own integer, own_moved_for_ms double precision,
  open_for_ms double precision, closes_in_ms double precision, told text[], flat_ago_ms double precision,
  flat_quantity integer, trades_elsewhere boolean, others_in_flight integer, others_own integer
) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select c.id, si.strategy_id, s.name, si.account_id, si.exchange, si.symbol, si.product,
      c.scope, c.target, c.mode, m.of_account, own_of(si.id, m.of_closing),
      (select ms_since(p.updated_at) from positions p
        where p.strategy_instrument_id = si.id and p.mode = m.of_closing),
      ms_since(c.opened_at), least(-ms_since(c.closes_at), 1e12), c.told, ms_since(c.flat_since), c.flat_quantity,
      a.trades_elsewhere,
      (select count(*)::integer from orders x where x.strategy_instrument_id = si.id
        and x.closing_id is distinct from c.id and x.seq < c.wish_seq
        and (x.mode is null or x.mode = m.of_closing)
        and (x.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(x))),
      (select coalesce(sum(p.own), 0)::integer from strategy_instruments t join positions p on p.strategy_instrument_id = t.id
        where t.account_id = si.account_id and t.exchange = si.exchange and t.symbol = si.symbol and t.product = si.product
          and t.id <> si.id and p.mode = m.of_account)
    from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
      join strategies s on s.id = si.strategy_id join openalgo_accounts a on a.id = si.account_id
      cross join lateral (select coalesce(a.mode, 'live') as of_account, coalesce(c.mode, a.mode, 'live') as of_closing) m
    where c.id = p_id and c.status = 'open';
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
