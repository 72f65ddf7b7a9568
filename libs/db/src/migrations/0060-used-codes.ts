import { type Kysely, sql } from 'kysely';

const statements = [
  // Codes of second factors that opened something a moment ago: none of them does so again (RFC 6238, 5.2).
  sql`
create table used_codes (
  user_id text not null references users (id) on delete cascade,
  -- SHA-256 in hex.
  code_hash text not null,
  used_at timestamptz not null default clock_timestamp(),
  primary key (user_id, code_hash)
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
