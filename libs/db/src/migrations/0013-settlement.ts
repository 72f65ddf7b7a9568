import { type Kysely, sql } from 'kysely';

const statements = [
  // The start of the first clean read, begun after the claim, that showed no row for the order.
  sql`alter table orders add column unseen_since timestamptz`,
  // A row of the order book becomes an order's own only where no other order has it, whoever says so.
  sql`
create function claim_broker_order(p_id uuid, p_broker_order_id text, p_by text) returns boolean language plpgsql as $$
declare o orders;
begin
  select * into o from orders where id = p_id;
  perform pg_advisory_xact_lock(hashtextextended('broker orders of ' || o.account_id, 0));
  if exists (select from orders x where x.account_id = o.account_id and x.broker_order_id = p_broker_order_id
      and x.id <> p_id and coalesce(x.claimed_at, x.stored_at) >= o.claimed_at - interval '1 day') then
    return false;
  end if;
  update orders set status = 'accepted', broker_order_id = p_broker_order_id, code = 'settled', reason = p_by,
      mode = coalesce(mode, (select mode from broker_orders
        where account_id = o.account_id and broker_order_id = p_broker_order_id))
    where id = p_id and status in ('indeterminate', 'awaiting_approval', 'absent');
  return found;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
