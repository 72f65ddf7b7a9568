import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
alter table strategies
  -- Days of the week on which entries are taken, 1 Monday to 7 Sunday; null: every day.
  add column trading_days smallint[] check (trading_days <@ '{1,2,3,4,5,6,7}' and cardinality(trading_days) > 0),
  add column once_a_day boolean not null default false,
  -- Addresses and networks that its webhook is called from, or the name of a list; null: anybody.
  add column allowed_sources text[] check (cardinality(allowed_sources) > 0),
  -- A salted hash of what senders must say besides the webhook's address; null: nothing.
  add column shared_secret_hash text`,
  // Units for one of the sender's: its contracts, where OpenAlgo counts shares. Null: one.
  sql`alter table strategy_symbol_mappings add column multiplier integer check (multiplier > 0)`,
  // Whether an entry of today was queued and not given up before it was sent: such a day is used up
  // for the instrument, whatever became of the entry at the broker.
  sql`
create function entered_today(p_si bigint) returns boolean stable language sql as $$
  select exists (select from orders
    where strategy_instrument_id = p_si and role = 'entry'
      and stored_at >= date_trunc('day', now() at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
      and not (status in ('expired', 'superseded') or status = 'cancelled' and broker_order_id is null))
$$`,
  sql`
create or replace function held_now(p_strategy integer, p_account integer, p_instruments jsonb) returns jsonb volatile language sql as $$
  select coalesce(jsonb_agg(jsonb_build_object('exchange', x->>'exchange', 'symbol', x->>'symbol', 'product', x->>'product',
      'own', coalesce(h.own, 0), 'coming', coalesce(h.coming, 0), 'entries', coalesce(h.entries, 0))
      || case when s.once_a_day then jsonb_build_object('enteredToday', entered_today(si.id)) else '{}' end order by nr), '[]')
  from jsonb_array_elements(p_instruments) with ordinality x (x, nr)
    left join strategies s on s.id = p_strategy
    left join strategy_instruments si on si.strategy_id = p_strategy and si.account_id = p_account
      and si.exchange = x->>'exchange' and si.symbol = x->>'symbol' and si.product = x->>'product'
    left join lateral held_position(si.id, account_mode(p_account), si.next_seq) h on si.id is not null
$$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
