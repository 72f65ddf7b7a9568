import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** What a strategy still has to do with an instrument on an account. */
export interface HeldPlace {
  strategyInstrumentId: number;
  strategyId: StrategyId;
  accountId: AccountId;
  exchange: Exchange;
  symbol: string;
  product: Product;
  /** Signed shares that the strategy owns in the account's present mode. */
  own: number;
  /** The same in the other mode, and which that is: OpenAlgo's analyzer was switched since. */
  otherOwn: number;
  otherMode: TradingModeSeen;
  /** Orders that may still fill. */
  openOrders: number;
}

/** Where a strategy, or whoever trades on an account, holds something, or may come to hold it. */
export async function listHeldPlaces(
  db: Db,
  of: { strategyId: StrategyId } | { accountId: AccountId },
): Promise<HeldPlace[]> {
  const isOf =
    'strategyId' in of
      ? sql<boolean>`i.strategy_id = ${of.strategyId}`
      : sql<boolean>`i.account_id = ${of.accountId}`;
  const { rows } = await sql<HeldPlace>`
    select i.id as "strategyInstrumentId", i.strategy_id as "strategyId", i.account_id as "accountId",
      i.exchange, i.symbol, i.product, own_of(i.id, m.mode) as own, own_of(i.id, m.other) as "otherOwn",
      m.other as "otherMode", o.open as "openOrders"
    from strategy_instruments i
      join (select id, account_mode(id) as mode, case account_mode(id) when 'live' then 'analyze' else 'live' end as other
            from openalgo_accounts) m on m.id = i.account_id,
      lateral (select count(*)::integer as open from orders x
               where x.strategy_instrument_id = i.id
                 and (x.status in ('queued', 'submitting', 'indeterminate', 'awaiting_approval') or may_fill(x))) o
    where ${isOf} and may_hold(i.id)
    order by i.strategy_id, i.account_id, i.exchange, i.symbol, i.product`.execute(db);
  return rows;
}
