import { type Kysely, sql } from 'kysely';

const statements = [
  // For the executor's look. A function, as look_at_order is: each connection plans it once.
  sql`
create function account_of_order(p_id uuid) returns integer language plpgsql stable as $$
begin
  return (select account_id from orders where id = p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
