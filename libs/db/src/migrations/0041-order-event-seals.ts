import { type Kysely, sql } from 'kysely';

const statements = [
  // One row seals the moves of orders that became visible since the last one: libs/db seal-order-events.ts.
  sql`
create table order_event_seals (
  id bigint primary key,
  sealed_at timestamptz not null,
  -- Every number up to here is in a seal, or in the gaps, or was never given to a row.
  up_to bigint not null,
  row_count integer not null,
  -- For each row, by number: the number (8 bytes) and the first 16 bytes of the row's SHA-256.
  listing bytea not null,
  -- Numbers up to up_to whose transaction may still commit; JSON, kept as the text that is hashed.
  gaps text not null,
  prev_hash text not null,
  hash text not null
)`,
  // Hashes and numbers do not compress; whole values are read.
  sql`alter table order_event_seals alter column listing set storage external`,
  sql`
create trigger order_event_seals_kept before update or delete or truncate on order_event_seals
  for each statement execute function refuse_rewriting()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
