import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** How far back late fills are looked for: an order is of its day, and of the next morning. */
const lateWithin = sql`interval '1 day'`;

/** An entry that filled when the closing that came after it was done. */
export interface LateFill extends Instrument {
  strategyId: StrategyId;
  strategyName: string;
  accountId: AccountId;
  orderId: OrderId;
  own: number;
  /** Whether newer entries of the strategy are in the position too: then a person has to look. */
  isMixed: boolean;
}

/**
 * Entries that a closing came after and that filled when it was done: the order had been given up as
 * absent, or its fill was shown late. Each as long as the position stands and nothing closes it.
 */
export async function listLateFills(db: Db): Promise<LateFill[]> {
  const { rows } = await sql<LateFill>`
    select distinct on (m.strategy_instrument_id) o.strategy_id as "strategyId", o.strategy_name as "strategyName",
      o.account_id as "accountId", o.id as "orderId", o.exchange, o.symbol, o.product, p.own,
      exists (select from orders n where n.strategy_instrument_id = m.strategy_instrument_id and n.role = 'entry'
        and n.seq > c.wish_seq and (n.filled_quantity > 0
          or n.status in ('submitting', 'indeterminate', 'awaiting_approval', 'accepted'))) as "isMixed"
    from position_moves m join orders o on o.id = m.order_id and o.role = 'entry'
      join positions p on p.strategy_instrument_id = m.strategy_instrument_id and p.mode = m.mode and p.own <> 0
      join lateral (select * from closings where strategy_instrument_id = m.strategy_instrument_id
        and coalesce(mode, m.mode) = m.mode order by opened_at desc limit 1) c on true
    where m.at > now() - ${lateWithin} and m.at > c.ended_at and o.seq < c.wish_seq and c.target = 0
      and c.status in ('verified', 'nothing_open')
    order by m.strategy_instrument_id, m.id`.execute(db);
  return rows;
}

/** A strategy that holds something on an account, perhaps not the one on which it trades now. */
export interface StrategyToFlatten {
  strategyId: StrategyId;
  accountId: AccountId;
}

/**
 * Strategies under a kill switch that says flatten that hold something which is not being closed, and was
 * not tried since the switch was set. The switch of an account means what is held there.
 */
export async function listStrategiesToFlatten(db: Db): Promise<StrategyToFlatten[]> {
  const { rows } = await sql<StrategyToFlatten>`
    select distinct si.strategy_id as "strategyId", si.account_id as "accountId" from brakes b
      join strategy_instruments si on b.scope = 'everything' or (b.scope = 'account' and si.account_id = b.scope_id)
        or (b.scope = 'strategy' and si.strategy_id = b.scope_id)
      join positions p on p.strategy_instrument_id = si.id and p.own <> 0 and p.mode = account_mode(si.account_id)
    where b.strength = 'flatten'
      and not exists (select from closings c where c.strategy_instrument_id = si.id and coalesce(c.mode, p.mode) = p.mode
        and (c.status = 'open' or c.opened_at >= b.set_at))
    order by 1, 2`.execute(db);
  return rows;
}
