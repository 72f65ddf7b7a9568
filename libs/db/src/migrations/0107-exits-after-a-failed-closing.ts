import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, and who waited for one of its orders without an end is free as well: an exit of another strategy waits
  // for an exit on its way while that one's closing is open; where the closing failed and the order's end is
  // unknown, no end of the order would wake it.
  sql`
create or replace function end_closing(p_id uuid, p_status text, p_detail text) returns jsonb language plpgsql as $$
declare v_woken jsonb; v_square_off bigint;
begin
  update closings set status = p_status, ended_at = clock_timestamp(), detail = p_detail, lease_until = '-infinity'
    where id = p_id and status = 'open' returning square_off_id into v_square_off;
  if not found then return '[]'; end if;
  with waiting as (
    select id from orders where waits_for_closing = p_id and status = 'queued'
    union
    select w.id from orders x join orders w on w.waits_for = x.id and w.status = 'queued' and w.waits_until is null
      where x.closing_id = p_id),
  free as (
    select id from orders where id in (select id from waiting) and status = 'queued' for no key update skip locked),
  woken as (
    update orders o set waits_for_closing = null, waits_for = null, waits_until = null from free where o.id = free.id
      returning o.id, o.account_id, o.lane, o.priority)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane, 'priority', priority)), '[]')
    into v_woken from woken;
  perform end_square_off(v_square_off);
  return v_woken;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
