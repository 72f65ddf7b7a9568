import { type Kysely, sql } from 'kysely';

const statements = [
  // The outbox: written in the transaction that causes the alert; one row for each code, subject and ten minutes.
  sql`
create table alerts (
  id bigint generated always as identity primary key,
  code text not null,
  subject text not null,
  bucket timestamptz not null,
  at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  count integer not null default 1,
  account_id integer,
  strategy_id integer,
  order_id uuid,
  signal_id uuid,
  text text not null,
  sent_at timestamptz,
  unique (code, subject, bucket)
)`,
  sql`create index alerts_unsent on alerts (at) where sent_at is null`,
  sql`
create table brakes (
  id integer generated always as identity primary key,
  scope text not null check (scope in ('everything', 'account', 'strategy')),
  scope_id integer not null default 0,
  strength text not null check (strength in ('stop_entries', 'halt', 'flatten')),
  reason text,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  unique (scope, scope_id)
)`,
  // A brake changes what many strategies may do; the claim holds to it whether or not this is heard.
  sql`
create function notify_brakes_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('strategy_changed', '*');
  return null;
end $$`,
  sql`
create trigger brakes_changed after insert or update or delete on brakes
  for each statement execute function notify_brakes_change()`,
  sql`
create table audit_log (
  seq bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  who text not null,
  what text not null,
  subject text not null,
  before jsonb,
  after jsonb
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
