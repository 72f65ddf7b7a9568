import type { OrderRow } from '@orderlane/db/orders';
import type { Trade } from '../positions/broker.ts';
import type { PositionWorld } from '../positions/world.ts';
import { type History, orderOf, readHistory } from './history.ts';

interface ClosingHistory {
  id: string;
  strategyInstrumentId: number;
  status: string;
  target: number;
  wishSeq: number;
  /** Undefined: no scheduler ended it. */
  endedAt: number | undefined;
}

/** What is known besides when strategies owned and closed positions. */
export interface PositionHistory extends History {
  /** What the broker did, in its order. */
  trades: (Trade & { order: OrderRow; signed: number })[];
  /** In the order in which they were opened. */
  closings: ClosingHistory[];
  own: Map<number, number>;
  /** Instruments of strategies of which an order was taken for absent that was not. */
  overlooked: Set<number>;
}

export async function readPositionHistory(world: PositionWorld): Promise<PositionHistory> {
  const history = await readHistory(world);
  const endedAt = new Map(world.endings.map(({ closingId, at }) => [closingId, at]));
  const closings = await world.db
    .selectFrom('closings as c')
    .innerJoin('strategy_instruments as si', 'si.id', 'c.strategy_instrument_id')
    .select(['c.id', 'c.strategy_instrument_id', 'c.status', 'c.target', 'c.wish_seq'])
    .where('si.account_id', '=', world.accountId)
    .orderBy('c.opened_at')
    .execute();
  const positions = await world.db
    .selectFrom('positions as p')
    .innerJoin('strategy_instruments as si', 'si.id', 'p.strategy_instrument_id')
    .select(['si.id', 'p.own'])
    .where('si.account_id', '=', world.accountId)
    .execute();
  return {
    ...history,
    trades: world.broker.trades.map((trade) => {
      const order = orderOf(history, trade.orderId);
      return { ...trade, order, signed: order.action === 'BUY' ? trade.quantity : -trade.quantity };
    }),
    closings: closings.map(({ strategy_instrument_id, wish_seq, ...row }) => ({
      ...row,
      ...{ strategyInstrumentId: strategy_instrument_id, wishSeq: wish_seq },
      endedAt: endedAt.get(row.id),
    })),
    own: new Map(positions.map(({ id, own }) => [id, own])),
    overlooked: new Set(
      [...world.overlooked].map((id) => orderOf(history, id).strategy_instrument_id),
    ),
  };
}
