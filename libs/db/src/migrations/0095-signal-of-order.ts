import { type Kysely, sql } from 'kysely';

const statements = [
  // For the log of an executor. A function, as `look_at_order` is: each connection plans it once.
  sql`
create function signal_of_order(p_id uuid) returns uuid language plpgsql stable as $$
begin
  return (select signal_id from orders where id = p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
