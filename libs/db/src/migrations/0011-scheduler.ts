import { type Kysely, sql } from 'kysely';

const statements = [
  // Whose turn a periodic work on an item is: nobody's before lease_until.
  sql`
create table work_leases (
  work text not null,
  item integer not null,
  lease_until timestamptz not null,
  primary key (work, item)
)`,
  sql`create index orders_smart_claimed on orders (account_id, claimed_at) where lane = 'smart'`,
  sql`create index broker_orders_seen on broker_orders (account_id, last_seen_at)`,
  sql`
create type book_read_settings as (
  unsettled_ms integer,
  soon_ms integer,
  open_ms integer,
  idle_ms integer,
  smart_rest_ms integer,
  postponed_ms integer
)`,
  // What there is to find out in an account's books, and since when.
  sql`
create function book_questions(p_account integer, p_read_started timestamptz,
  out unsettled_at timestamptz, out open_at timestamptz, out fresh_at timestamptz) stable language sql as $$
  select
    min(o.claimed_at) filter (where o.status = 'indeterminate' or b.status in ('complete', 'cancelled', 'rejected')),
    min(coalesce(o.answered_at, o.claimed_at)) filter (where o.status in ('accepted', 'awaiting_approval')),
    min(o.answered_at) filter (where o.status = 'accepted' and (o.answered_at > p_read_started) is not false)
  from orders o
    left join broker_orders b on o.status = 'accepted'
      and b.account_id = o.account_id and b.broker_order_id = o.broker_order_id
  where o.account_id = p_account and o.status in ('indeterminate', 'awaiting_approval', 'accepted')
    and o.claimed_at >= book_day_start()
$$`,
  // When an account's books are to be read next; null: not before something happens.
  sql`
create function book_read_due(p_account integer, p_in_session boolean, p book_read_settings) returns timestamptz stable language plpgsql as $$
declare r book_reads; q record; v_due timestamptz; v_smart timestamptz;
begin
  select * into r from book_reads where account_id = p_account;
  select * into q from book_questions(p_account, r.started_at);
  -- A null is no candidate for least() and greatest(), so what there is no reason for is left out by case.
  v_due := least(
    case when q.unsettled_at is not null then greatest(r.read_at + ms((p).unsettled_ms), q.unsettled_at) end,
    case when q.open_at is not null then greatest(r.read_at + ms((p).open_ms), q.open_at + ms((p).soon_ms)) end,
    q.fresh_at + ms((p).soon_ms),
    case when p_in_session then coalesce(r.read_at + ms((p).idle_ms), now()) end);
  -- Not while OpenAlgo may read the positions for a smart order, but a backlog of those is no reason for never.
  select max(claimed_at) + ms((p).smart_rest_ms) into v_smart from orders
    where account_id = p_account and lane = 'smart' and claimed_at > clock_timestamp() - ms((p).smart_rest_ms);
  return case when v_smart > v_due then least(v_smart, v_due + ms((p).postponed_ms)) else v_due end;
end $$`,
  // A square-off counts from when its time was set: moved, it is armed anew.
  sql`
create function rearm_square_off() returns trigger language plpgsql as $$
begin
  new.squareoff_armed_at := clock_timestamp();
  return new;
end $$`,
  sql`
create trigger strategies_square_off_moved before update on strategies
  for each row when (old.squareoff_time is distinct from new.squareoff_time
                     and old.squareoff_armed_at = new.squareoff_armed_at)
  execute function rearm_square_off()`,
  // Every instrument that the strategy ever ordered, and these of its account, in the order in which
  // the store locks them: what follows sees every order that was stored before.
  sql`
create function lock_strategy_instruments(p_strategy integer, p_account integer, p_open jsonb) returns void language plpgsql as $$
begin
  insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select distinct p_strategy, p_account, x->>'exchange', x->>'symbol', x->>'product'
    from jsonb_array_elements(p_open) x
    order by 3, 4, 5
    on conflict do nothing;
  perform 1 from strategy_instruments where strategy_id = p_strategy
    order by account_id, exchange, symbol, product
    for no key update;
end $$`,
  sql`
create function void_queued_entries(p_strategy integer) returns jsonb language plpgsql as $$
declare v_ids jsonb;
begin
  with gone as (
    update orders set status = 'cancelled', code = 'squared_off_today', reason = 'The square-off began before it was sent'
      where strategy_id = p_strategy and status = 'queued' and role = 'entry' and stored_at > now() - interval '2 days'
      returning id, account_id, lane)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane)), '[]') into v_ids from gone;
  return v_ids;
end $$`,
  // Exits of one strategy, each on the account that holds the position; their instruments are locked.
  sql`
create function store_exits(p jsonb) returns void language plpgsql as $$
declare v_exit jsonb; v_si bigint;
begin
  for v_exit in select * from jsonb_array_elements(p->'exits') loop
    select id into strict v_si from strategy_instruments
      where strategy_id = (p->>'strategy_id')::integer and account_id = (v_exit->>'account_id')::integer
        and exchange = v_exit->>'exchange' and symbol = v_exit->>'symbol' and product = v_exit->>'product';
    perform insert_order(p || jsonb_build_object('account_id', v_exit->'account_id'), v_exit, v_si, 0);
  end loop;
end $$`,
  // Whether the account may hold something by what is known of today's orders, ours and the broker's
  // book: then a position book that is empty is a fault.
  sql`
create function account_may_hold(p_account integer, p_mode text) returns boolean stable language sql as $$
  select exists (select from broker_orders
      where account_id = p_account and mode = p_mode and last_seen_at >= book_day_start()
      group by exchange, symbol, product
      having sum(case action when 'BUY' then 1 else -1 end
                 * case status when 'complete' then quantity else filled_quantity end) <> 0)
    or exists (select from (
      select distinct on (exchange, symbol, product) role from orders
      where account_id = p_account and stored_at >= book_day_start() and attempt > 0
        and status in ('submitting', 'indeterminate', 'accepted', 'filled')
        and mode is distinct from case p_mode when 'live' then 'analyze' else 'live' end
      order by exchange, symbol, product, claimed_at desc) o where role = 'entry')
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
