import { type Kysely, sql } from 'kysely';

const statements = [
  // One reader for each account, by lease; the last clean read bounds what an order can be. All
  // instants are the database's: a read begins when it is claimed and ends when it is recorded.
  sql`
create table book_reads (
  account_id integer primary key references openalgo_accounts (id),
  reader text,
  lease_until timestamptz not null default '-infinity',
  started_at timestamptz,
  read_at timestamptz,
  clean_started_at timestamptz,
  clean_ended_at timestamptz,
  failure text
)`,
  sql`
create table broker_orders (
  account_id integer not null references openalgo_accounts (id),
  broker_order_id text not null,
  -- Whose book it stood in: the analyzer has one of its own.
  mode text not null check (mode in ('live', 'analyze')),
  exchange text not null,
  symbol text not null,
  product text not null,
  action text not null,
  quantity integer not null,
  status text not null,
  -- Clean reads in a row that showed this status, the first of which began at status_since.
  status_reads integer not null default 1,
  status_since timestamptz not null,
  filled_quantity integer not null default 0,
  average_price numeric,
  broker_time text,
  -- The end of the last clean read that did not show the order; null: there was none.
  absent_at timestamptz,
  first_seen_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  primary key (account_id, broker_order_id)
)`,
  sql`
create table square_offs (
  id bigint generated always as identity primary key,
  strategy_id integer not null references strategies (id),
  session_date date not null,
  run integer not null default 1,
  due_time text not null,
  status text not null check (status in ('working', 'sent', 'nothing_open', 'missed')),
  worker text,
  lease_until timestamptz,
  exits integer not null default 0,
  -- An empty position book is believed when a second read finds it empty too.
  book_empty_at timestamptz,
  detail text,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  unique (strategy_id, session_date, run)
)`,
  sql`create index square_offs_working on square_offs (lease_until) where status = 'working'`,
  sql`alter table orders add foreign key (square_off_id) references square_offs (id)`,
  sql`create index orders_of_square_off on orders (square_off_id) where square_off_id is not null`,
  sql`
create table clock (
  is_only boolean primary key default true check (is_only),
  last_tick_at timestamptz not null default '-infinity',
  last_tick_minute timestamptz
)`,
  sql`insert into clock default values`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
