import { type Kysely, sql } from 'kysely';

const statements = [
  sql`alter table closings drop constraint closings_cause_check`,
  // late_fill: an entry that an exit came after filled when that exit was done.
  sql`alter table closings add check (cause in ('signal', 'square_off', 'flatten', 'person', 'late_fill'))`,
  sql`alter table closings drop constraint closings_status_check`,
  // nothing_open: nothing of ours was known to be open, OpenAlgo said so too, and no book shows the contrary.
  sql`alter table closings add check (status in ('open', 'verified', 'nothing_open', 'failed'))`,
  sql`
alter table closings
  -- What is closed: the account's whole net position (smart orders), or the strategy's own (regular).
  add column scope text not null default 'account' check (scope in ('account', 'strategy')),
  -- Null: the account's mode was not known yet when it was opened.
  add column mode text check (mode in ('live', 'analyze')),
  -- The signed own position that is to be left; 0: everything is closed.
  add column target integer not null default 0,
  -- The number of its last request: entries stored before it are void, later ones wait.
  add column wish_seq bigint not null default 0,
  add column square_off_id bigint references square_offs (id),
  -- Until when it is worked on: the session's close. What is open then has failed.
  add column closes_at timestamptz not null default 'infinity',
  add column next_step_at timestamptz not null default clock_timestamp(),
  add column worker text,
  add column lease_until timestamptz not null default '-infinity',
  -- The end of the first of the reads that show it flat, and the account's quantity there (shares).
  add column flat_since timestamptz,
  add column flat_quantity integer,
  -- Alerts that were raised for it already.
  add column told text[] not null default '{}',
  add column detail text`,
  sql`create index closings_due on closings (next_step_at) where status = 'open'`,
  sql`create index closings_of_square_off on closings (square_off_id) where square_off_id is not null`,
  sql`create index closings_of_instrument on closings (strategy_instrument_id, opened_at desc)`,
  // An order counts among wishes by its closing's last request, not by when it was planned again.
  sql`alter table orders add column wish_seq bigint`,
  sql`update orders set wish_seq = seq`,
  sql`alter table orders alter column wish_seq set not null`,
  sql`alter table orders add column waits_for_closing uuid references closings (id)`,
  sql`alter table orders add column cancel_asked_at timestamptz`,
  sql`create index orders_of_closing on orders (closing_id, seq) where closing_id is not null`,
  sql`create index orders_waiting_for_closing on orders (waits_for_closing) where waits_for_closing is not null`,
  sql`drop index orders_exits`,
  sql`
create index orders_wishes on orders (strategy_instrument_id, wish_seq)
  where role = 'exit' or target_position is not null or own_target is not null`,
  // Opens the closing that an exit belongs to, or joins the one that is open: the nearer target, the
  // higher priority and the later end win. An exit that is planned again keeps the place of its request.
  sql`
create function join_closing(p_si bigint, p_seq bigint, p jsonb, p_plan jsonb, out closing uuid, out wish bigint) language plpgsql as $$
declare v_target integer := coalesce((p_plan->>'target_position')::integer, (p_plan->>'own_target')::integer, 0);
begin
  if p_plan->>'again' is not null then
    select id, wish_seq into closing, wish from closings where id = (p_plan->>'again')::uuid;
    return;
  end if;
  insert into closings as c (id, strategy_instrument_id, cause, priority, scope, mode, target, wish_seq, square_off_id, closes_at)
    values (gen_random_uuid(), p_si, coalesce(p_plan->>'cause', 'signal'), (p_plan->>'priority')::smallint,
      case p_plan->>'lane' when 'smart' then 'account' else 'strategy' end,
      (select mode from openalgo_accounts where id = (p->>'account_id')::integer), v_target, p_seq, (p->>'square_off_id')::bigint,
      clock_timestamp() + ms((p_plan->>'expires_in_ms')::numeric))
    on conflict (strategy_instrument_id) where status = 'open' do update set
      priority = least(c.priority, excluded.priority),
      scope = least(c.scope, excluded.scope),
      target = case when abs(excluded.target) < abs(c.target) then excluded.target else c.target end,
      wish_seq = greatest(c.wish_seq, excluded.wish_seq),
      square_off_id = coalesce(excluded.square_off_id, c.square_off_id),
      closes_at = greatest(c.closes_at, excluded.closes_at),
      next_step_at = clock_timestamp(), flat_since = null, told = '{}'
    returning id, p_seq into closing, wish;
end $$`,
  // What moves an order of a closing is a reason to look at it at once. A row that something else holds
  // is looked at by its own time.
  sql`
create function touch_closing() returns trigger language plpgsql as $$
begin
  update closings set next_step_at = clock_timestamp(), flat_since = null
    where id in (select id from closings where id = new.closing_id and status = 'open' for no key update skip locked);
  return null;
end $$`,
  sql`
create trigger orders_touch_closing after update of status, filled_quantity on orders
  for each row when (new.closing_id is not null and
    (old.status <> new.status or old.filled_quantity <> new.filled_quantity))
  execute function touch_closing()`,
  sql`
create function closing_is_open(p_id uuid) returns boolean stable language sql as $$
  select exists (select from closings where id = p_id and status = 'open')
$$`,
  // Ends a closing; entries that waited for it are free, and their jobs the caller's to add.
  sql`
create function end_closing(p_id uuid, p_status text, p_detail text) returns jsonb language plpgsql as $$
declare v_woken jsonb; v_square_off bigint;
begin
  update closings set status = p_status, ended_at = clock_timestamp(), detail = p_detail, lease_until = '-infinity'
    where id = p_id and status = 'open' returning square_off_id into v_square_off;
  if not found then return '[]'; end if;
  with free as (
    select id from orders where waits_for_closing = p_id and status = 'queued' for no key update skip locked),
  woken as (
    update orders o set waits_for_closing = null from free where o.id = free.id
      returning o.id, o.account_id, o.lane, o.priority)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'accountId', account_id, 'lane', lane, 'priority', priority)), '[]')
    into v_woken from woken;
  perform end_square_off(v_square_off);
  return v_woken;
end $$`,
  sql`alter table square_offs drop constraint square_offs_status_check`,
  sql`alter table square_offs add check (status in ('working', 'sent', 'verified', 'failed', 'nothing_open', 'missed'))`,
  // A square-off is what became of its closings, once all of them have ended.
  sql`
create function end_square_off(p_id bigint) returns void language sql as $$
  update square_offs q set status = e.status, ended_at = clock_timestamp()
  from (select case
      when bool_or(status = 'failed') then 'failed'
      when bool_or(status = 'verified') then 'verified' else 'nothing_open' end as status
    from closings where square_off_id = p_id having bool_and(status <> 'open')) e
  where q.id = p_id and q.status in ('sent', 'verified', 'nothing_open')
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
