import { type Kysely, sql } from 'kysely';

const statements = [
  // One look before each square-off at what would stand in its way, so that a person hears of it once.
  sql`
create table square_off_preflights (
  strategy_id integer not null references strategies (id),
  session_date date not null,
  due_time text not null,
  at timestamptz not null default clock_timestamp(),
  -- The codes of what was found; none: nothing stands in the way.
  found text[] not null,
  primary key (strategy_id, session_date, due_time)
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
