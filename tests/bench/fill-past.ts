import type { AccountId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Stack } from '../support/stack.ts';

/** Adds strategies that hold nothing, each with an instrument that it traded. */
export async function addStrategies(
  { db, accountId }: Pick<Stack, 'db' | 'accountId'>,
  count: number,
): Promise<void> {
  await sql`with added as (
      insert into strategies (user_id, account_id, name, webhook_id, platform, trading_mode, is_intraday)
      select 'owner', ${accountId}, 'past ' || gen_random_uuid(), gen_random_uuid(), 'tradingview', 'LONG', false
      from generate_series(1, ${count}::integer) returning id)
    insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select id, ${accountId}, 'NSE', 'SBIN', 'MIS' from added`.execute(db);
}

/** Adds so many signals with one order each, all final, spread over what strategies traded. */
export async function addPastOrders(
  { db }: Pick<Stack, 'db'>,
  args: { accountId: AccountId; count: number },
): Promise<void> {
  // The triggers would check each move of a past that is made up.
  await sql`alter table orders disable trigger user`.execute(db);
  // A statement may take 10 s.
  const atOnce = 20_000;
  for (let done = 0; done < args.count; done += atOnce) {
    const size = Math.min(atOnce, args.count - done);
    await sql`with traded as materialized (
        select *, row_number() over () as n, count(*) over () as size from strategy_instruments where account_id = ${args.accountId}),
      past as materialized (
        select t.*, i, gen_random_uuid() as signal_id from generate_series(${done + 1}::integer, ${done + size}::integer) i
        join traded t on t.n = i % t.size + 1),
      added as (
        insert into signals (id, strategy_id, path, body, verdict, http_status, answer)
        select signal_id, strategy_id, '/', '{}', 'queued', 200, '{}' from past)
      insert into orders (id, signal_id, strategy_id, account_id, strategy_instrument_id, seq, wish_seq, strategy_name,
        exchange, symbol, product, role, lane, priority, action, quantity, status, attempt, stored_at, expires_at, final_at, broker_order_id)
      select gen_random_uuid(), signal_id, strategy_id, account_id, id, -i, -i, 'past', exchange, symbol, product, 'entry', 'regular', 10,
        'BUY', 1, 'filled', 1, now() - i * interval '1 second', now(), now(), 'B' || i from past`.execute(
      db,
    );
  }
  await sql`alter table orders enable trigger user`.execute(db);
  await sql`analyze`.execute(db);
}
