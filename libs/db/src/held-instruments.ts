import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open-db.ts';

/** What a strategy still has to do with an instrument. */
export interface HeldInstrument {
  exchange: string;
  symbol: string;
  product: string;
  /** Signed sum of what the strategy's orders filled since it was last flat, over both modes. */
  own: number;
  /** Orders that may still fill. */
  openOrders: number;
}

/** The instruments in which a strategy holds something, or may come to hold it. */
export async function listHeldInstruments(
  db: Db,
  strategyId: StrategyId,
): Promise<HeldInstrument[]> {
  return await listHeld(db, sql`i.strategy_id = ${strategyId}`);
}

/** The same of all strategies on an account. */
export async function listHeldInstrumentsOf(
  db: Db,
  accountId: AccountId,
): Promise<HeldInstrument[]> {
  return await listHeld(db, sql`i.account_id = ${accountId}`);
}

async function listHeld(db: Db, isMeant: RawBuilder<unknown>): Promise<HeldInstrument[]> {
  const { rows } = await sql<HeldInstrument>`
    select i.exchange, i.symbol, i.product, p.own, o.open as "openOrders"
    from strategy_instruments i,
      lateral (select coalesce(sum(own), 0)::integer as own, coalesce(bool_or(own <> 0), false) as held
               from positions where strategy_instrument_id = i.id) p,
      lateral (select count(*)::integer as open from orders
               where strategy_instrument_id = i.id
                 and status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval', 'accepted')) o
    where ${isMeant} and (p.held or o.open > 0)
    order by i.exchange, i.symbol, i.product`.execute(db);
  return rows;
}
