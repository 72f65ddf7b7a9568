import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { Action } from '@orderlane/domain/order-plan';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An order that OpenAlgo accepted and whose end no book showed. */
export interface UnseenEnd {
  id: OrderId;
  accountId: AccountId;
  strategyId: StrategyId;
  strategyName: string;
  exchange: Exchange;
  symbol: string;
  product: Product;
  action: Action;
  /** 0 for a smart exit. */
  quantity: number;
  filledQuantity: number;
  brokerOrderId: string | null;
}

/** Marks accepted orders of earlier days that may fill no longer; each is answered once. */
export async function markUnseenEnds(db: Db, args: { limit: number }): Promise<UnseenEnd[]> {
  const { rows } = await sql<UnseenEnd>`
    update orders set code = 'end_unseen', reason = 'Its day is over, and no book showed what became of it'
    where id in (select o.id from orders o
      where o.status = 'accepted' and o.claimed_at < book_day_start() and not may_fill(o)
        and o.code is distinct from 'end_unseen'
      order by o.claimed_at limit ${args.limit} for no key update skip locked)
    returning id, account_id as "accountId", strategy_id as "strategyId", strategy_name as "strategyName",
      exchange, symbol, product, action, quantity, filled_quantity as "filledQuantity",
      broker_order_id as "brokerOrderId"`.execute(db);
  return rows;
}
