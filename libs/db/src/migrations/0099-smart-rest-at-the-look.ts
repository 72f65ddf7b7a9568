import { type Kysely, sql } from 'kysely';

const statements = [
  // How long a smart order still keeps its distance from the last final order on its instrument (ms; not positive:
  // not at all, null: nothing to keep it from). For the executor's look, so that no slot is spent on an order that
  // rests. A function, as look_at_order is: each connection plans it once.
  sql`
create function order_rests_for_ms(p_id uuid, p_gap_ms integer) returns double precision language plpgsql as $$
begin
  return (select extract(epoch from smart_gap_end(o, ms(p_gap_ms)) - clock_timestamp()) * 1000
    from orders o where o.id = p_id and o.lane = 'smart' and o.status = 'queued');
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
