import { type Kysely, sql } from 'kysely';

const statements = [
  // Where this data may trade: one row in a database at home. A copy brings the row of where it was taken.
  sql`
create table database_homes (
  home text not null,
  since timestamptz not null default clock_timestamp()
)`,
  // A restored backup, a promoted standby or a copied database that somebody noticed, and who released it.
  sql`
create table restores (
  id bigint generated always as identity primary key,
  home text not null,
  found_at timestamptz not null default clock_timestamp(),
  -- The last thing that the database remembers.
  backup_at timestamptz,
  void_entries integer not null,
  exits_to_plan integer not null,
  unknown_orders integer not null,
  released_at timestamptz,
  released_by text
)`,
  // What differs after a restore into another cluster, a promotion, a copy within the cluster, and a
  // restore into the same database: pg_restore makes tables anew, with new numbers.
  sql`
create function database_home() returns text volatile language sql as $$
  select concat_ws(' ', s.system_identifier,
    case when pg_is_in_recovery() then 'recovery' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
    d.oid, 'database_homes'::regclass::oid)
  from pg_control_system() s, pg_database d where d.datname = current_database()
$$`,
  // Every row must name this place: data that is loaded beside the row of a new database counts, too. A
  // database without accounts has nothing to send and no home yet.
  sql`
create function is_restored() returns boolean volatile language sql as $$
  select coalesce((select bool_or(home <> database_home()) from database_homes), exists (select from openalgo_accounts))
$$`,
  sql`
create function settle_at_home() returns trigger language plpgsql as $$
begin
  insert into database_homes (home) select database_home()
    where not exists (select from database_homes) and not exists (select from openalgo_accounts);
  return null;
end $$`,
  sql`
create trigger openalgo_accounts_home before insert on openalgo_accounts
  for each statement execute function settle_at_home()`,
  // A backup from before this migration says nothing of where it was taken. But migrations made accounts
  // before book_reads, and pg_restore makes tables in the order of their names.
  sql`
insert into database_homes (home)
  select case when 'book_reads'::regclass::oid < 'openalgo_accounts'::regclass::oid then 'unknown' else database_home() end
  where exists (select from openalgo_accounts)`,
  sql`
create trigger database_homes_changed after insert or update or delete on database_homes
  for each statement execute function notify_brakes_change()`,
  // As before, and first of all: nothing of a restored database is sent before a person releases it.
  sql`
create or replace function account_brake(p_account_id integer, p_strategy_id integer, p_role text) returns text stable language sql as $$
  select case
    when is_restored() then 'database_restored'
    when a.paused_at is not null then 'account_paused'
    when a.live_confirmed_at is null and a.mode is distinct from 'analyze' then 'trading_off'
    when a.session_dead_at is not null then 'session_dead'
    when b.halted then 'halted'
    when p_role = 'entry' and b.stopped then 'entries_stopped'
  end
  from openalgo_accounts a,
    lateral (select coalesce(bool_or(strength = 'halt'), false) halted,
                    coalesce(bool_or(strength = 'stop_entries'), false) stopped
             from kill_switches_over(p_account_id, p_strategy_id) strength) b
  where a.id = p_account_id
$$`,
  // As before, but a claim ends nothing in a restored database: what may have been sent is for a person.
  sql`
create or replace function refuse_claim(o orders, out verdict text, out detail text) language plpgsql as $$
declare v_void record; v_newer text;
begin
  if is_restored() then verdict := 'braked'; detail := 'database_restored'; return; end if;
  if o.expires_at <= clock_timestamp() then
    update orders set status = 'expired', code = 'expired', reason = 'It was not sent before its age ran out'
      where id = o.id and status = 'queued';
    if found then perform alert_expired(o); end if;
    verdict := 'expired';
    return;
  end if;
  if o.role = 'entry' then
    select * into v_void from void_entry(o.account_id, o.strategy_id);
    if v_void.code is not null then
      update orders set status = 'cancelled', code = v_void.code, reason = v_void.reason
        where id = o.id and status = 'queued';
      verdict := 'cancelled';
      return;
    end if;
  end if;
  v_newer := void_by_newer(o);
  if v_newer is not null then
    update orders set status = 'superseded', code = 'superseded', reason = v_newer where id = o.id and status = 'queued';
    verdict := 'superseded';
    return;
  end if;
  detail := account_brake(o.account_id, o.strategy_id, o.role);
  if detail is not null then verdict := 'braked'; end if;
end $$`,
  // What a person is asked about after a restore.
  sql`create index orders_restored on orders (stored_at) where code = 'database_restored'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
