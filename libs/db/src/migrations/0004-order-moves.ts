import { type Kysely, sql } from 'kysely';

const statements = [
  // The moves of libs/domain order.ts, refused here too: whatever a process believes, no order
  // that was sent goes back to a lane and no final order moves again.
  sql`
create function order_move_allowed(p_from text, p_to text) returns boolean immutable language sql as $$
  select coalesce(('{
    "queued": ["submitting", "expired", "superseded", "cancelled"],
    "submitting": ["queued", "accepted", "rejected", "no_action", "awaiting_approval", "indeterminate", "expired", "superseded"],
    "awaiting_approval": ["accepted", "absent"],
    "indeterminate": ["accepted", "rejected", "no_action", "absent", "awaiting_approval", "queued"],
    "absent": ["accepted", "rejected", "no_action", "awaiting_approval", "queued"],
    "accepted": ["filled", "cancelled", "rejected"],
    "no_action": ["queued"]
  }'::jsonb -> p_from) ? p_to, false)
$$`,
  sql`
create function check_order_move() returns trigger language plpgsql as $$
begin
  if not order_move_allowed(old.status, new.status) then
    raise exception 'order % cannot move from % to %', old.id, old.status, new.status using errcode = 'OL001';
  end if;
  new.final_at := case when new.status in
    ('filled', 'cancelled', 'rejected', 'no_action', 'absent', 'expired', 'superseded')
    then clock_timestamp() end;
  if new.status <> 'queued' then
    new.waits_for := null;
    new.waits_until := null;
  end if;
  return new;
end $$`,
  sql`
create trigger orders_status_move before update of status on orders
  for each row when (old.status <> new.status) execute function check_order_move()`,
  sql`
create function record_order_event() returns trigger language plpgsql as $$
begin
  insert into order_events (order_id, from_status, to_status, attempt, code, reason)
    values (new.id, case when tg_op = 'UPDATE' then old.status end, new.status, new.attempt, new.code, new.reason);
  if tg_op = 'UPDATE' and new.status not in ('submitting', 'indeterminate', 'awaiting_approval') then
    delete from submissions where order_id = new.id;
  end if;
  -- Late news of an entry that was given up: its twins wait again, unless one was sent meanwhile.
  if old.status = 'absent' and new.status = 'awaiting_approval' and new.role = 'entry' then
    insert into submissions (order_id, account_id, fingerprint)
      values (new.id, new.account_id, order_fingerprint(new)) on conflict do nothing;
  end if;
  return null;
end $$`,
  sql`create trigger orders_stored_event after insert on orders for each row execute function record_order_event()`,
  sql`
create trigger orders_status_event after update of status on orders
  for each row when (old.status <> new.status) execute function record_order_event()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
