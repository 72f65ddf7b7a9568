import { type Kysely, sql } from 'kysely';

// How long an order could have been claimed (ms), for the executor's look at it. A function, so that
// each connection plans it once.
const statements = [
  sql`
create function order_due_for_ms(p_id uuid) returns double precision language plpgsql stable as $$
begin
  return (select extract(epoch from clock_timestamp() - greatest(o.stored_at, o.not_before)) * 1000
    from orders o where o.id = p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
