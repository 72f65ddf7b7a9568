import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create table closings (
  id uuid primary key,
  strategy_instrument_id bigint not null references strategy_instruments (id),
  cause text not null check (cause in ('signal', 'square_off', 'flatten', 'person')),
  priority smallint not null,
  status text not null default 'open' check (status in ('open', 'verified', 'failed')),
  opened_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
)`,
  sql`create unique index closings_open on closings (strategy_instrument_id) where status = 'open'`,
  sql`
create table orders (
  id uuid primary key,
  signal_id uuid references signals (id) deferrable initially deferred,
  closing_id uuid references closings (id),
  square_off_id bigint,
  strategy_id integer not null references strategies (id),
  account_id integer not null references openalgo_accounts (id),
  strategy_instrument_id bigint not null references strategy_instruments (id),
  -- Given under the lock of the strategy's instrument: a lower number was wished for earlier.
  seq bigint not null,
  strategy_name text not null,
  exchange text not null,
  symbol text not null,
  product text not null,
  role text not null check (role in ('entry', 'exit')),
  lane text not null check (lane in ('regular', 'smart')),
  priority smallint not null check (priority between 1 and 100),
  action text not null check (action in ('BUY', 'SELL')),
  quantity integer not null check (quantity >= 0),
  target_position integer,
  status text not null default 'queued',
  attempt integer not null default 0,
  stored_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  not_before timestamptz,
  -- The order that must move on first; waits_until bounds the wait of an exit.
  waits_for uuid,
  waits_until timestamptz,
  executor text,
  -- One claim's own name: who made it may give the order back, nobody else.
  claim_id uuid,
  claimed_at timestamptz,
  lease_until timestamptz,
  send_before timestamptz,
  sent_at timestamptz,
  answered_at timestamptz,
  final_at timestamptz,
  broker_order_id text,
  mode text check (mode in ('live', 'analyze')),
  filled_quantity integer not null default 0,
  average_price numeric,
  code text,
  reason text,
  unique (strategy_instrument_id, seq),
  check (lane <> 'smart' or target_position is not null),
  check (quantity > 0 or (lane = 'smart' and target_position = 0))
)`,
  sql`create index orders_of_signal on orders (signal_id)`,
  sql`create index orders_stored on orders (stored_at)`,
  sql`create index orders_of_strategy on orders (strategy_id, stored_at desc)`,
  sql`create index orders_queued on orders (priority, stored_at) where status = 'queued'`,
  sql`create index orders_queued_lane on orders (account_id, lane, priority) where status = 'queued'`,
  sql`create index orders_expiring on orders (expires_at) where status = 'queued'`,
  sql`create index orders_leased on orders (lease_until) where status = 'submitting'`,
  sql`create index orders_waiting on orders (waits_for) where status = 'queued' and waits_for is not null`,
  sql`
create index orders_open on orders (strategy_instrument_id, seq)
  where status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')`,
  sql`create index orders_exits on orders (strategy_instrument_id, seq) where role = 'exit' or target_position is not null`,
  sql`
create index orders_in_flight on orders (account_id, exchange, symbol, product)
  where status in ('submitting', 'indeterminate', 'awaiting_approval', 'accepted')`,
  sql`create index orders_final on orders (account_id, exchange, symbol, product, final_at desc) where final_at is not null`,
  sql`create index orders_broker_id on orders (account_id, broker_order_id) where broker_order_id is not null`,
  // One unsettled entry of each fingerprint: live order-book rows carry nothing of ours, so two
  // identical entries in flight could not be told apart.
  sql`
create table submissions (
  order_id uuid primary key references orders (id),
  account_id integer not null,
  fingerprint text not null,
  unique (account_id, fingerprint)
)`,
  sql`
create table executions (
  order_id uuid not null references orders (id),
  attempt integer not null,
  executor text not null,
  claimed_at timestamptz not null,
  sent_at timestamptz,
  answered_at timestamptz,
  http_status smallint,
  outcome text,
  answer text,
  primary key (order_id, attempt)
)`,
  sql`
create table order_events (
  seq bigint generated always as identity primary key,
  order_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  from_status text,
  to_status text not null,
  attempt integer not null,
  code text,
  reason text
)`,
  sql`create index order_events_of_order on order_events (order_id, seq)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
