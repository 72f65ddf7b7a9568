import { type Kysely, sql } from 'kysely';

const statements = [
  // Whose turn a periodic work on an item is: nobody's before lease_until.
  sql`
create table work_leases (
  work text not null,
  item integer not null,
  lease_until timestamptz not null,
  primary key (work, item)
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
