import type { OrderRow } from '@orderlane/db/orders';

/** An order as programs get it. */
export function orderData(row: OrderRow) {
  return {
    id: row.id,
    signal_id: row.signal_id,
    strategy_id: row.strategy_id,
    strategy: row.strategy_name,
    account_id: row.account_id,
    stored_at: row.stored_at,
    exchange: row.exchange,
    symbol: row.symbol,
    product: row.product,
    role: row.role,
    lane: row.lane,
    action: row.action,
    quantity: row.quantity,
    target_position: row.target_position,
    status: row.status,
    attempt: row.attempt,
    sent_at: row.sent_at,
    broker_order_id: row.broker_order_id,
    mode: row.mode,
    filled_quantity: row.filled_quantity,
    average_price: row.average_price,
    code: row.code,
    reason: row.reason,
  };
}
