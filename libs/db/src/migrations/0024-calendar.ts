import { type Kysely, sql } from 'kysely';

const statements = [
  // What is said of an exchange on a date, by OpenAlgo's calendar or by people; closed without hours.
  sql`
create table calendar_days (
  date date not null,
  exchange text not null,
  source text not null check (source in ('openalgo', 'own')),
  open text check (open ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  close text check (close ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  note text,
  added_by text,
  added_at timestamptz not null default clock_timestamp(),
  primary key (date, exchange, source),
  check ((open is null) = (close is null))
)`,
  // The last good answer of OpenAlgo for a year, and whose it was.
  sql`
create table calendar_reads (
  year integer primary key,
  account_id integer not null,
  read_at timestamptz not null default clock_timestamp()
)`,
  sql`
create function notify_calendar_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('calendar_changed', '');
  return null;
end $$`,
  sql`
create trigger calendar_days_changed after insert or update or delete on calendar_days
  for each statement execute function notify_calendar_change()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
