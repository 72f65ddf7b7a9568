import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import {
  claimBrokerOrder,
  listNumberlessRejections,
  listOrdersToSettle,
  listUnclaimedBrokerOrders,
  type NumberlessRejection,
  type OrderToSettle,
  recordAbsent,
  recordUnseen,
  type UnclaimedBrokerOrder,
} from '@orderlane/db/settle-orders';
import { parseBrokerTime } from '@orderlane/domain/broker-time';
import type { AccountId } from '@orderlane/domain/ids';
import { instrumentKey } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import {
  type AskedOrder,
  type RejectedOrder,
  type Settlement,
  settleByBook,
  type UnclaimedRow,
  type UnsettledOrder,
} from '@orderlane/domain/settle';

export interface BookToSettle {
  accountId: AccountId;
  mode: TradingModeSeen;
  /** The account's owner says that others trade on it too: then a person decides. */
  tradesElsewhere: boolean;
  readStartedAt: Date;
  /** See `settleByBook` (ms). */
  absentAfterMs: number;
}

export interface SettledOrder {
  order: OrderToSettle;
  settlement: Settlement;
}

/** What one clean read settled, and which orders no longer wait for it. */
export interface SettledOrders {
  settled: SettledOrder[];
  woken: DueOrder[];
}

/**
 * Settles the account's orders of unknown fate by a clean read, in the read's own transaction, with
 * the alerts for what a person has to decide. An order is never sent again, whatever comes out.
 */
export async function settleOrders(db: Db, book: BookToSettle): Promise<SettledOrders> {
  const result: SettledOrders = { settled: [], woken: [] };
  // First of all: what is settled or rejected meanwhile has its row, or is among the rejected, below.
  const { orders, submitting } = await listOrdersToSettle(db, book);
  if (orders.length === 0) return result;
  const settlements = settleByBook({
    orders: orders.map(unsettled),
    rows: (await listUnclaimedBrokerOrders(db, book)).map(unclaimed),
    submitting,
    rejected: (await listNumberlessRejections(db, book.accountId)).map(rejected),
    readStartedAtMs: book.readStartedAt.getTime(),
    isAutomatic: !book.tradesElsewhere,
    absentAfterMs: book.absentAfterMs,
  });
  const byId = new Map(orders.map((order) => [order.id, order]));
  for (const settlement of settlements) {
    const order = byId.get(settlement.orderId);
    if (order === undefined || !(await apply(db, { order, settlement }))) continue;
    result.settled.push({ order, settlement });
    result.woken.push(...(await wakeWaiters(db, [order.id])));
  }
  return result;
}

function unsettled(order: OrderToSettle): UnsettledOrder {
  const { id, exchange, symbol, product, claimedAtMs, wasUnseen, mayBeInOtherBook } = order;
  return {
    ...{ id, claimedAtMs, wasUnseen, mayBeInOtherBook },
    instrument: { exchange, symbol, product },
    asked: askedOf(order, order.smartDelta),
    needsPerson: order.status === 'awaiting_approval' || order.isRestored,
  };
}

function rejected(order: NumberlessRejection): RejectedOrder {
  const { exchange, symbol, product, claimedAtMs } = order;
  // Which side OpenAlgo chose for a rejected smart order is not asked: any may be its row.
  return { claimedAtMs, instrument: { exchange, symbol, product }, asked: askedOf(order, null) };
}

function askedOf(
  { lane, action, quantity }: Pick<OrderToSettle, 'lane' | 'action' | 'quantity'>,
  delta: number | null,
): AskedOrder {
  return lane === 'smart' ? { kind: 'smart', delta } : { kind: 'regular', action, quantity };
}

function unclaimed(row: UnclaimedBrokerOrder): UnclaimedRow {
  const { exchange, symbol, product, brokerTime, ...same } = row;
  return {
    ...same,
    instrument: { exchange, symbol, product },
    brokerTimeMs: parseBrokerTime(brokerTime),
  };
}

/** True when the order has moved. */
async function apply(db: Db, { order, settlement }: SettledOrder): Promise<boolean> {
  switch (settlement.kind) {
    case 'found': {
      const { brokerOrderId } = settlement;
      const by =
        settlement.by === 'own_id'
          ? 'Found in the order book by its client_order_id'
          : 'Found in the order book: nothing else can have made this row';
      return await claimBrokerOrder(db, { orderId: order.id, brokerOrderId, by });
    }
    case 'absent':
      return await endAbsent(db, order);
    case 'not_seen':
      await recordUnseen(db, [order.id]);
      return false;
    case 'ask':
      // Given up, and told, before the mode was switched.
      if (settlement.candidates.length === 0 && order.status === 'absent') return false;
      await raiseAlert(db, question(order, settlement.candidates));
      return false;
  }
}

async function endAbsent(db: Db, order: OrderToSettle): Promise<boolean> {
  if (order.status === 'absent') return false;
  const reason = 'Two clean reads of the order book, the last long after the call, do not show it';
  const isAbsent = await recordAbsent(db, { orderId: order.id, code: 'absent', reason });
  if (isAbsent)
    await raiseAlert(db, { ...about(order), code: 'absent', text: `${what(order)}: ${reason}` });
  return isAbsent;
}

function question(order: OrderToSettle, candidates: readonly string[]): AlertToRaise {
  const place =
    candidates.length > 0
      ? `may be ${candidates.join(', ')} in the order book. Say which`
      : "is not in the order book, and OpenAlgo's mode was switched since its call: it may be in the other book. Say what it is";
  const text = `${what(order)} ${place}: orderlane orders settle ${order.id} --placed <number> | --not-placed`;
  const asked = about(order);
  // Of its own: counted with the alert of the lost answer, the question itself would not be told.
  return { ...asked, subject: `${asked.subject} asked`, code: 'indeterminate', text };
}

function about(order: OrderToSettle) {
  const { strategyId, strategyName } = order;
  return {
    orderId: order.id,
    strategyId,
    subject: `${strategyName} ${instrumentKey(order)} ${order.id}`,
  };
}

function what({ action, quantity, symbol, strategyName }: OrderToSettle): string {
  return `${action} ${quantity || 'all of'} ${symbol} (${strategyName})`;
}
