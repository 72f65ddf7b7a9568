import { type Kysely, sql } from 'kysely';

const statements = [
  // A square-off is what became of its closings, once all of them have ended. Its row is locked first:
  // two that end at once would each find the other open, and nobody would end the square-off.
  sql`drop function end_square_off(bigint)`,
  sql`
create function end_square_off(p_id bigint) returns void language plpgsql as $$
begin
  perform 1 from square_offs where id = p_id for no key update;
  update square_offs q set status = e.status, ended_at = clock_timestamp()
  from (select case
      when bool_or(status = 'failed') then 'failed'
      when bool_or(status = 'verified') then 'verified' else 'nothing_open' end as status
    from closings where square_off_id = p_id having bool_and(status <> 'open')) e
  where q.id = p_id and q.status in ('sent', 'verified', 'nothing_open');
end $$`,
  // Those that were left behind.
  sql`select end_square_off(id) from square_offs where status = 'sent'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
