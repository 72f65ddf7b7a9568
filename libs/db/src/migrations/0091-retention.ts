import { type Kysely, sql } from 'kysely';

// Each finds the oldest of what may go, so that a bite looks at no more than it takes.
const statements = [
  sql`create index signals_without_orders on signals (received_at) where verdict <> 'queued'`,
  sql`create index broker_orders_last_seen on broker_orders (last_seen_at)`,
  sql`create index alerts_at on alerts (at)`,
  sql`create index closings_ended on closings (ended_at) where status <> 'open'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
