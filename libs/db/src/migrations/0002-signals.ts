import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create table signals (
  id uuid primary key,
  strategy_id integer not null references strategies (id),
  received_at timestamptz not null default clock_timestamp(),
  path text not null,
  source_address text,
  content_type text,
  -- The bytes as they came: they need not be text.
  body bytea not null,
  idempotency_key text,
  verdict text not null check (verdict in ('queued', 'nothing_to_do', 'refused', 'duplicate')),
  code text,
  http_status smallint not null,
  answer jsonb not null,
  notes jsonb not null default '[]',
  duplicate_of uuid
)`,
  sql`create index signals_of_strategy on signals (strategy_id, received_at desc)`,
  sql`create index signals_received on signals (received_at)`,
  // One row for each instrument that a strategy ever ordered: locked by the store, it gives the
  // order's number, so that commit order is number order.
  sql`
create table strategy_instruments (
  id bigint generated always as identity primary key,
  strategy_id integer not null references strategies (id),
  account_id integer not null references openalgo_accounts (id),
  exchange text not null,
  symbol text not null,
  product text not null,
  next_seq bigint not null default 1,
  version bigint not null default 1,
  unique (strategy_id, account_id, exchange, symbol, product)
)`,
  sql`create index strategy_instruments_account on strategy_instruments (account_id, exchange, symbol, product)`,
  sql`
create table positions (
  strategy_instrument_id bigint not null references strategy_instruments (id),
  mode text not null check (mode in ('live', 'analyze')),
  own integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (strategy_instrument_id, mode)
)`,
  // The last accepted signal of each strategy and instrument: the duplicate check is one upsert on it.
  sql`
create table last_signals (
  strategy_instrument_id bigint primary key references strategy_instruments (id),
  content_hash bytea not null,
  signal_id uuid not null,
  accepted_at timestamptz not null default clock_timestamp()
)`,
  sql`
create table signal_keys (
  strategy_instrument_id bigint not null references strategy_instruments (id),
  key text not null,
  action text not null,
  target_position text not null,
  signal_id uuid not null,
  accepted_at timestamptz not null default clock_timestamp(),
  primary key (strategy_instrument_id, key, action, target_position)
)`,
  sql`create index signal_keys_age on signal_keys (accepted_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
