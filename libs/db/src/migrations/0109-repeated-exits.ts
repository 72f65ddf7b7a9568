import { type Kysely, sql } from 'kysely';

const statements = [
  // An order is claimed, in this transaction: smart exits of its closing to the same target that were wished for before
  // this moment are met by it, and by the closing, which goes on until it is proved. Each would cost a turn of a lane
  // that sends one a second: an alert that is repeated every few seconds held up the exits of every other symbol. A row
  // that something else holds stays as it is, and is called in its turn.
  sql`
create function void_repeats(p_claimed uuid) returns uuid[] language plpgsql as $$
declare o orders; v_voided uuid[];
begin
  select * into o from orders where id = p_claimed;
  if o.lane <> 'smart' or o.role <> 'exit' or o.closing_id is null then return '{}'; end if;
  with repeats as (
    select x.id from orders x
    where x.closing_id = o.closing_id and x.seq > o.seq and x.status = 'queued'
      and x.lane = 'smart' and x.role = 'exit' and x.target_position = o.target_position
      and not exists (select from orders n where n.strategy_instrument_id = o.strategy_instrument_id
        and n.seq > o.seq and n.seq < x.seq and n.role = 'entry' and n.attempt > 0)
    for no key update of x skip locked),
  voided as (
    update orders x set status = 'superseded', code = 'superseded',
        reason = 'An older exit of the same closing was sent after it was wished for: ' || o.id
      from repeats where x.id = repeats.id
      returning x.id)
  select coalesce(array_agg(id), '{}') into v_voided from voided;
  return v_voided;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
