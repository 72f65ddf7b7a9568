import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but between a smart exit and an exit that filled lie three rests: OpenAlgo's cache is a second old at
  // the most, a broker's position book may lag behind its trades for longer, and what it still shows would be closed
  // once more.
  sql`
create or replace function smart_gap_end(o orders, p_gap interval) returns timestamptz stable language sql as $$
  select x.final_at + p_gap * case when o.role = 'exit' and x.role = 'exit' and x.status = 'filled' then 3 else 1 end from (
    select final_at, role, status from orders
    where account_id = o.account_id and exchange = o.exchange and symbol = o.symbol and product = o.product
      and final_at is not null and attempt > 0
    order by final_at desc limit 1) x
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
