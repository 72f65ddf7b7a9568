import { type Kysely, sql } from 'kysely';

// The tables of the sign-in library (better-auth with its two-factor and API-key plugins), in our
// own spelling; a test asks the library whether anything is missing.
const statements = [
  sql`
create table users (
  id text primary key,
  name text not null,
  -- In lower case.
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('admin', 'trader', 'viewer')),
  -- Whose accounts and strategies the user works with: several users may share them.
  tenant_id text not null,
  two_factor_enabled boolean not null default false,
  -- May not sign in any more; sessions and keys do not count while it is set.
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
)`,
  sql`
create table user_sessions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
)`,
  sql`create index user_sessions_user on user_sessions (user_id)`,
  sql`create index user_sessions_expiry on user_sessions (expires_at)`,
  // How a user signs in: a row with a password's hash; the other columns are the library's.
  sql`
create table user_credentials (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
)`,
  sql`create index user_credentials_user on user_credentials (user_id)`,
  // What the library has to remember for a while: a sign-in that waits for its second factor.
  sql`
create table verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
)`,
  sql`create index verifications_identifier on verifications (identifier)`,
  sql`
create table two_factors (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  -- Encrypted under a key that comes from ORDERLANE_SECRET_KEY.
  secret text not null,
  backup_codes text not null,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
)`,
  sql`create index two_factors_secret on two_factors (secret)`,
  sql`create index two_factors_user on two_factors (user_id)`,
  sql`
create table api_keys (
  id text primary key,
  config_id text not null,
  name text,
  -- Its first characters, to tell keys apart.
  start text,
  prefix text,
  -- A hash: the key itself is shown once.
  key text not null,
  user_id text not null references users (id) on delete cascade,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean,
  rate_limit_enabled boolean,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer,
  remaining integer,
  last_request timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  permissions text,
  metadata text
)`,
  sql`create index api_keys_config on api_keys (config_id)`,
  sql`create index api_keys_key on api_keys (key)`,
  sql`create index api_keys_user on api_keys (user_id)`,
  // A link that sets a password, once: the first administrator's, or one that an administrator gives.
  sql`
create table sign_in_links (
  -- SHA-256 of what the link holds, in hex.
  token_hash text primary key,
  -- Null: it makes the first administrator.
  user_id text references users (id) on delete cascade,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz
)`,
  // Secrets of the installation itself, sealed under ORDERLANE_SECRET_KEY: made once, and sealed anew
  // when that key is replaced. `sign-in`: what session cookies are signed with.
  sql`
create table sealed_secrets (
  name text primary key,
  box text not null,
  made_at timestamptz not null default now()
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
