import { type Kysely, sql } from 'kysely';

const statements = [
  // Rows that are past their time may go, by the one who says so: the checkpoint in the audit log names
  // where the chains begin from then on (libs/db chain-starts.ts).
  sql`
create or replace function refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('orderlane.pruning', true) = 'on' then return null; end if;
  raise exception '% is written once: % is refused', tg_table_name, lower(tg_op) using errcode = 'OL002';
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
