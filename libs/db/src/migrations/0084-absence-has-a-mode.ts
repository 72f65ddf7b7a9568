import { type Kysely, sql } from 'kysely';

const statements = [
  // An order that was called before OpenAlgo was first seen in its present mode may stand in the other
  // mode's book, which is not shown now: its absence from this one proves nothing.
  sql`alter table openalgo_accounts add mode_since timestamptz`,
  sql`
create function keep_mode_since() returns trigger language plpgsql as $$
begin
  if old.mode is not null then new.mode_since := coalesce(new.mode_seen_at, clock_timestamp()); end if;
  return new;
end $$`,
  sql`
create trigger account_mode_changed before update of mode on openalgo_accounts
  for each row when (old.mode is distinct from new.mode) execute function keep_mode_since()`,
  // As before, but not once a person has said that it was not placed: he may have placed it by hand.
  sql`
create or replace function give_back_order(p_id uuid, p_claim uuid, out is_back boolean, out woken jsonb) language plpgsql as $$
declare v_attempt integer;
begin
  woken := '[]';
  update orders set status = 'queued', code = 'given_back', reason = 'Claimed, but surely not sent'
    where id = p_id and claim_id = p_claim and status in ('submitting', 'indeterminate', 'absent')
      and code is distinct from 'not_placed'
    returning attempt into v_attempt;
  is_back := found;
  if not is_back then return; end if;
  update executions set outcome = 'not_sent' where order_id = p_id and attempt = v_attempt;
  woken := wake_waiters(p_id);
end $$`,
  // As before, but what surely was not sent is not sent again once a person has said so too.
  sql`
create or replace function record_outcome(p_id uuid, p_attempt integer, p jsonb, out new_status text, out woken jsonb, out shows_other_mode boolean)
language plpgsql as $$
declare o orders; v_now timestamptz := clock_timestamp();
begin
  woken := '[]';
  select * into o from orders where id = p_id for update;
  shows_other_mode := (p->>'kind' = 'accepted'
    and (p->>'mode' = (select mode from openalgo_accounts where id = o.account_id)) is not true) is true;
  update executions set
      sent_at = v_now - ms((p->>'sent_ago_ms')::numeric),
      answered_at = v_now - ms((p->>'answered_ago_ms')::numeric),
      http_status = (p->>'http_status')::smallint,
      outcome = p->>'kind', answer = p->>'answer'
    where order_id = p_id and attempt = p_attempt;
  if not found or o.attempt <> p_attempt or o.status not in ('submitting', 'indeterminate', 'absent') then return; end if;
  new_status := status_after(o, p->>'kind', p->>'mode');
  if new_status = 'indeterminate' and o.status <> 'submitting' then new_status := o.status; return; end if;
  if new_status = 'queued' and o.code = 'not_placed' then new_status := o.status; return; end if;
  update orders set
      status = new_status,
      sent_at = coalesce(v_now - ms((p->>'sent_ago_ms')::numeric), sent_at),
      answered_at = coalesce(v_now - ms((p->>'answered_ago_ms')::numeric), answered_at),
      broker_order_id = coalesce(p->>'broker_order_id', broker_order_id),
      mode = coalesce(p->>'mode', mode),
      code = p->>'code', reason = p->>'reason',
      not_before = case when new_status = 'queued' then v_now + ms((p->>'retry_in_ms')::numeric) end
    where id = p_id;
  woken := wake_waiters(p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
