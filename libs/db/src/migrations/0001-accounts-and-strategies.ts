import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create table openalgo_accounts (
  id integer generated always as identity primary key,
  user_id text not null,
  name text not null,
  base_url text not null,
  -- AES-256-GCM under ORDERLANE_SECRET_KEY; carries the id of the key that sealed it.
  api_key_box text not null,
  -- Keyed hash: one OpenAlgo instance is one account, so that no broker is paced twice.
  api_key_fingerprint text not null,
  -- Null: the rates of the configuration.
  order_rate text,
  smart_order_rate text,
  mode text check (mode in ('live', 'analyze')),
  mode_seen_at timestamptz,
  -- A live account sends nothing until its owner has said so, once.
  live_confirmed_at timestamptz,
  paused_at timestamptz,
  pause_reason text,
  session_dead_at timestamptz,
  trades_elsewhere boolean not null default true,
  created_at timestamptz not null default now(),
  unique (user_id, name),
  unique (base_url, api_key_fingerprint)
)`,
  sql`
create table strategies (
  id integer generated always as identity primary key,
  user_id text not null,
  account_id integer references openalgo_accounts (id),
  name text not null check (char_length(name) between 3 and 50),
  webhook_id uuid not null unique,
  platform text not null,
  trading_mode text check (trading_mode in ('LONG', 'SHORT', 'BOTH')),
  is_active boolean not null default true,
  is_intraday boolean not null,
  start_time text check (start_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  end_time text check (end_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  squareoff_time text check (squareoff_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  -- 'strategy' needs the positions of each strategy to be kept, which nothing does yet.
  position_scope text not null default 'account' check (position_scope = 'account'),
  chartink_action text check (chartink_action in ('BUY', 'SELL', 'SHORT', 'COVER')),
  duplicate_window_ms integer not null default 30000 check (duplicate_window_ms >= 0),
  entry_max_age_ms integer check (entry_max_age_ms > 0),
  max_quantity integer check (max_quantity > 0),
  max_entries integer check (max_entries > 0),
  max_orders_per_day integer not null default 200 check (max_orders_per_day > 0),
  -- A square-off counts from here: a strategy made, or moved, after its time squares off tomorrow.
  squareoff_armed_at timestamptz not null default now(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  -- History keeps pointing at a deleted strategy; its webhook is gone.
  deleted_at timestamptz,
  check (is_intraday = (squareoff_time is not null)),
  check (not is_intraday or (start_time is not null and end_time is not null
                             and start_time < end_time and end_time < squareoff_time)),
  check (trading_mode is not null or platform = 'chartink')
)`,
  sql`create unique index strategies_name on strategies (user_id, name) where deleted_at is null`,
  sql`create index strategies_account on strategies (account_id)`,
  sql`create index strategies_squareoff on strategies (squareoff_time) where is_intraday`,
  sql`
create table strategy_symbol_mappings (
  id integer generated always as identity primary key,
  strategy_id integer not null references strategies (id) on delete cascade,
  signal_symbol text not null check (signal_symbol = upper(btrim(signal_symbol)) and signal_symbol <> ''),
  symbol text not null,
  exchange text not null,
  product text not null check (product in ('MIS', 'NRML', 'CNC')),
  quantity integer check (quantity > 0),
  created_at timestamptz not null default now(),
  unique (strategy_id, signal_symbol),
  check (case when exchange in ('NSE', 'BSE') then product in ('MIS', 'CNC') else product in ('MIS', 'NRML') end)
)`,
  // The version is how a stored decision knows that it was made from the strategy as it is now.
  sql`
create function bump_strategy_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$`,
  sql`
create trigger strategies_version before update on strategies
  for each row when (old.version = new.version) execute function bump_strategy_version()`,
  sql`
create function notify_strategy_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('strategy_changed', new.webhook_id::text);
  return null;
end $$`,
  sql`
create trigger strategies_changed after update on strategies
  for each row execute function notify_strategy_change()`,
  sql`
create function touch_strategy_of_mapping() returns trigger language plpgsql as $$
begin
  update strategies set version = version + 1 where id = coalesce(new.strategy_id, old.strategy_id);
  return null;
end $$`,
  sql`
create trigger mappings_changed after insert or update or delete on strategy_symbol_mappings
  for each row execute function touch_strategy_of_mapping()`,
  sql`
create function touch_strategies_of_account() returns trigger language plpgsql as $$
begin
  update strategies set version = version + 1 where account_id = new.id;
  return null;
end $$`,
  sql`
create trigger account_brakes_changed after update on openalgo_accounts
  for each row when (
    (old.paused_at is null) <> (new.paused_at is null)
    or (old.live_confirmed_at is null) <> (new.live_confirmed_at is null)
    or (old.session_dead_at is null) <> (new.session_dead_at is null)
    or old.mode is distinct from new.mode
  ) execute function touch_strategies_of_account()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
