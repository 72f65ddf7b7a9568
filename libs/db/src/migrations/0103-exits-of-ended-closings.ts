import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but only while the closing of what is on its way is open: an accepted exit of which no book shows the
  // end would hold up every later exit of its instrument all day, though the position was proved closed since.
  sql`
create or replace function takes_the_same(o orders, p_on_its_way orders) returns boolean stable language sql as $$
  select o.lane = 'smart' and o.role = 'exit' and p_on_its_way.role = 'exit' and closing_is_open(p_on_its_way.closing_id)
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
