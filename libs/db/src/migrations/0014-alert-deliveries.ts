import { type Kysely, sql } from 'kysely';

const statements = [
  // Where alerts are sent: one scheduler at a time sends to a target, and not before next_at.
  sql`
create table alert_targets (
  target text primary key,
  lease_until timestamptz not null default '-infinity',
  next_at timestamptz not null default '-infinity',
  failures integer not null default 0
)`,
  sql`
create table alert_deliveries (
  alert_id bigint not null references alerts (id) on delete cascade,
  target text not null,
  sent_at timestamptz,
  attempts integer not null default 0,
  next_at timestamptz not null default '-infinity',
  -- The target took offence at the message itself: it is sent without others from then on.
  is_refused boolean not null default false,
  error text,
  primary key (alert_id, target)
)`,
  sql`create index alert_deliveries_sent on alert_deliveries (target, sent_at) where sent_at is not null`,
  sql`alter table alerts add column given_up_at timestamptz`,
  sql`drop index alerts_unsent`,
  sql`create index alerts_unsent on alerts (at) where sent_at is null and given_up_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
