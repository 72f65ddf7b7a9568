import { type Kysely, sql } from 'kysely';

const statements = [
  // Where a person came from: a terminal, an address. Null in rows that are older than the column.
  sql`alter table audit_log add column origin text, add column prev_hash text, add column hash text`,
  sql`alter table audit_log alter column seq drop identity`,
  // The newest link of each chain, so that links cut off at its end are missed.
  sql`
create table chain_heads (
  chain text primary key,
  seq bigint not null,
  hash text not null
)`,
  // libs/db audit-chain.ts computes the same without the database; docs/audit.md has the rule.
  sql`
create function audit_hash(a audit_log) returns text stable language sql as $$
  select encode(sha256(convert_to(json_build_array(a.prev_hash, a.seq,
    to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    a.who, a.origin, a.what, a.subject, a.before::text, a.after::text)::text, 'UTF8')), 'hex')
$$`,
  // One writer at a time, until its commit: the next one continues from what is really there. A writer
  // that goes silent in between must not hold up the kill switch.
  sql`
create function link_audit_row() returns trigger language plpgsql as $$
begin
  perform set_config('idle_in_transaction_session_timeout', '5s', true);
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  select seq + 1, h.hash into new.seq, new.prev_hash from chain_heads h where chain = 'audit_log';
  new.at := clock_timestamp();
  new.hash := audit_hash(new);
  update chain_heads set seq = new.seq, hash = new.hash where chain = 'audit_log';
  return new;
end $$`,
  sql`
do $$
declare a audit_log; v_seq bigint := 0; v_hash text := '';
begin
  for a in select * from audit_log order by seq loop
    a.prev_hash := v_hash;
    v_hash := audit_hash(a);
    v_seq := a.seq;
    update audit_log set prev_hash = a.prev_hash, hash = v_hash where seq = a.seq;
  end loop;
  insert into chain_heads values ('audit_log', v_seq, v_hash);
end $$`,
  sql`alter table audit_log alter column prev_hash set not null, alter column hash set not null`,
  sql`create trigger audit_log_link before insert on audit_log for each row execute function link_audit_row()`,
  sql`
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is written once: % is refused', tg_table_name, lower(tg_op) using errcode = 'OL002';
end $$`,
  sql`
create trigger audit_log_kept before update or delete or truncate on audit_log
  for each statement execute function refuse_rewriting()`,
  sql`
create trigger order_events_kept before update or delete or truncate on order_events
  for each statement execute function refuse_rewriting()`,
  sql`create index audit_log_subject on audit_log (subject, seq)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
