import type { AccountId } from '@orderlane/domain/ids';
import type { Exchange } from '@orderlane/domain/instrument';
import type { SymbolFacts } from '@orderlane/domain/symbol-facts';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface SymbolName {
  exchange: Exchange;
  symbol: string;
}

/** A symbol of which something is to be asked. */
export interface DueSymbol extends SymbolName {
  areFactsDue: boolean;
  isAuctionDue: boolean;
}

/**
 * Symbols that an account's strategies trade, hold or traded in the last day, and of which OpenAlgo was
 * not asked for so long; never asked ones first. The closing auction is asked for shares only, and
 * where it could not be told it is asked as often as the facts.
 */
export async function listDueSymbols(
  db: Db,
  args: { accountId: AccountId; factsMs: number; auctionMs: number; limit: number },
): Promise<DueSymbol[]> {
  const { accountId, factsMs, auctionMs, limit } = args;
  const { rows } = await sql<DueSymbol>`
    with wanted as (
      select m.exchange, m.symbol from strategy_symbol_mappings m join strategies s on s.id = m.strategy_id
        where s.account_id = ${accountId} and s.deleted_at is null and m.signal_symbol <> '*'
      union
      select i.exchange, i.symbol from positions p join strategy_instruments i on i.id = p.strategy_instrument_id
        where p.own <> 0 and i.account_id = ${accountId}
      union
      select exchange, symbol from orders where stored_at > now() - interval '1 day' and account_id = ${accountId}),
    asked as (
      select w.exchange, w.symbol, y.checked_at,
        coalesce(y.checked_at <= now() - ms(${factsMs}), true) as facts,
        w.exchange in ('NSE', 'BSE') and coalesce(y.auction_checked_at
          <= now() - ms(case when y.in_auction is null then ${factsMs}::numeric else ${auctionMs}::numeric end), true) as auction
      from wanted w left join symbols y using (exchange, symbol))
    select exchange, symbol, facts as "areFactsDue", auction as "isAuctionDue" from asked
    where facts or auction
    order by checked_at nulls first, exchange, symbol
    limit ${limit}`.execute(db);
  return rows;
}

/** What an answer says; what it lacks stays as it was. Null: OpenAlgo has no such symbol, or no good answer. */
export async function recordSymbolFacts(
  db: Db,
  { exchange, symbol }: SymbolName,
  facts: SymbolFacts | null,
): Promise<void> {
  const { lotSize = null, freezeQuantity = null, tickSize = null } = facts ?? {};
  await sql`
    insert into symbols as y (exchange, symbol, lot_size, freeze_quantity, tick_size, checked_at)
      values (${exchange}, ${symbol}, ${lotSize}, ${freezeQuantity}, ${tickSize}, clock_timestamp())
    on conflict (exchange, symbol) do update set
      lot_size = coalesce(excluded.lot_size, y.lot_size),
      freeze_quantity = coalesce(excluded.freeze_quantity, y.freeze_quantity),
      tick_size = coalesce(excluded.tick_size, y.tick_size),
      checked_at = excluded.checked_at`.execute(db);
}

/** Whether a stock is in the closing auction; null: it could not be told, and what was known stays. */
export async function recordAuction(
  db: Db,
  { exchange, symbol }: SymbolName,
  isInAuction: boolean | null,
): Promise<void> {
  await sql`
    insert into symbols as y (exchange, symbol, in_auction, auction_checked_at)
      values (${exchange}, ${symbol}, ${isInAuction}, clock_timestamp())
    on conflict (exchange, symbol) do update set
      in_auction = coalesce(excluded.in_auction, y.in_auction),
      auction_checked_at = excluded.auction_checked_at`.execute(db);
}

/** Stocks of which it is known that they are in no closing auction: every other one may be. */
export async function listOutsideAuction(db: Db): Promise<SymbolName[]> {
  return await db
    .selectFrom('symbols')
    .select(['exchange', 'symbol'])
    .where('in_auction', '=', false)
    .execute();
}
