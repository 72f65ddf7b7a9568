import { type Kysely, sql } from 'kysely';

const statements = [
  // Orders that waited for p_id and no longer need to. Their jobs are the caller's to add, after its commit.
  // One that something else holds is being claimed, superseded or expired, and is left to that: waking
  // waits for no row, so that it is in no circle of waits.
  sql`
create function wake_waiters(p_id uuid) returns jsonb language plpgsql as $$
declare v_woken jsonb;
begin
  with free as (
    select w.id from orders w join orders b on b.id = p_id
      where w.waits_for = p_id and w.status = 'queued' and not order_blocks(w, b)
      for no key update of w skip locked),
  woken as (
    update orders w set waits_for = null, waits_until = null from free
      where w.id = free.id
      returning w.id, w.account_id, w.lane, w.priority)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane, 'priority', priority)), '[]')
    into v_woken from woken;
  return v_woken;
end $$`,
  // Whether something of ours on the account's instrument may still fill.
  sql`
create function unsettled_beside(o orders) returns boolean stable language sql as $$
  select exists (select from orders x
    where x.account_id = o.account_id and x.exchange = o.exchange and x.symbol = o.symbol and x.product = o.product
      and x.id <> o.id and (x.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(x)))
$$`,
  // Whether the account holds the instrument by the order book as it was last read. Only intraday
  // positions begin at nothing each day, so that the day's orders are all of them.
  sql`
create function held_by_book(o orders, p_mode text) returns boolean stable language sql as $$
  select o.product = 'MIS' and coalesce(sum(case b.action when 'BUY' then 1 else -1 end
      * case b.status when 'complete' then b.quantity else b.filled_quantity end), 0) <> 0
  from broker_orders b
  where b.account_id = o.account_id and b.mode = p_mode and b.exchange = o.exchange and b.symbol = o.symbol
    and b.product = o.product and b.last_seen_at >= book_day_start()
$$`,
  // The status that an answer leads to. "Nothing to do" proves nothing for an exit while something
  // of ours may still fill, or while the order book shows a position: many adapters take one that they
  // could not read for none. Then it is asked again.
  sql`
create function status_after(o orders, p_kind text, p_mode text) returns text stable language sql as $$
  select case
    when p_kind = 'not_sent' then 'queued'
    when p_kind = 'no_action' and o.role = 'exit'
      and (unsettled_beside(o) or held_by_book(o, p_mode)) then 'queued'
    else p_kind end
$$`,
  // The attempt's own answer always wins: over a lease that was thought lost, over "absent".
  sql`
create function record_outcome(p_id uuid, p_attempt integer, p jsonb, out new_status text, out woken jsonb) language plpgsql as $$
declare o orders; v_now timestamptz := clock_timestamp();
begin
  woken := '[]';
  select * into o from orders where id = p_id for update;
  update executions set
      sent_at = v_now - ms((p->>'sent_ago_ms')::numeric),
      answered_at = v_now - ms((p->>'answered_ago_ms')::numeric),
      http_status = (p->>'http_status')::smallint,
      outcome = p->>'kind', answer = p->>'answer'
    where order_id = p_id and attempt = p_attempt;
  if not found or o.attempt <> p_attempt or o.status not in ('submitting', 'indeterminate', 'absent') then return; end if;
  new_status := status_after(o, p->>'kind', p->>'mode');
  if new_status = 'indeterminate' and o.status <> 'submitting' then new_status := o.status; return; end if;
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
  // Puts a claimed order back on the queue when this very claim surely led to no call, even if its
  // lease was thought lost meanwhile.
  sql`
create function give_back_order(p_id uuid, p_claim uuid, out is_back boolean, out woken jsonb) language plpgsql as $$
declare v_attempt integer;
begin
  woken := '[]';
  update orders set status = 'queued', code = 'given_back', reason = 'Claimed, but surely not sent'
    where id = p_id and claim_id = p_claim and status in ('submitting', 'indeterminate', 'absent')
    returning attempt into v_attempt;
  is_back := found;
  if not is_back then return; end if;
  update executions set outcome = 'not_sent' where order_id = p_id and attempt = v_attempt;
  woken := wake_waiters(p_id);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
