import { type Kysely, sql } from 'kysely';

const statements = [
  // The lanes whose endpoint takes client_order_id; null: it was not asked yet.
  sql`
alter table openalgo_accounts add column client_order_id_lanes text[]
  check (client_order_id_lanes <@ array['regular', 'smart'])`,
  // Another OpenAlgo has to be asked anew.
  sql`
create function forget_client_order_id_lanes() returns trigger language plpgsql as $$
begin
  new.client_order_id_lanes := null;
  return new;
end $$`,
  sql`
create trigger account_moved before update on openalgo_accounts
  for each row when (old.base_url <> new.base_url) execute function forget_client_order_id_lanes()`,
  // What the row's caller named it, where OpenAlgo shows that.
  sql`alter table broker_orders add column client_order_id text`,
  // The account's position from which OpenAlgo computed what to order for a smart order, as far as it
  // can be known: intraday positions begin at nothing each day, and every earlier row of the order book
  // was final before the call. Null: unknown.
  sql`
create function position_before(o orders, p_mode text) returns integer stable language sql as $$
  select case when o.product = 'MIS' and coalesce(bool_and(
      case when x.id is null then b.status in ('complete', 'rejected') and b.status_since < o.claimed_at
        else (x.final_at <= o.claimed_at) is true end), true)
    then coalesce(sum(case b.action when 'BUY' then 1 else -1 end
      * case when x.id is not null then x.filled_quantity when b.status = 'complete' then b.quantity else 0 end), 0)
    end::integer
  from broker_orders b left join orders x on x.account_id = b.account_id and x.broker_order_id = b.broker_order_id
    and x.stored_at >= book_day_start() - interval '1 day'
  where b.account_id = o.account_id and b.mode = p_mode and b.exchange = o.exchange and b.symbol = o.symbol
    and b.product = o.product and b.last_seen_at >= book_day_start() and b.first_seen_at <= o.claimed_at
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
