import type { Db } from '@orderlane/db/open-db';
import type { Evidence, OrderFact } from './evidence.ts';
import { readPositions } from './read-positions.ts';

/** What Postgres knows after a run. */
export async function readStore(
  db: Db,
): Promise<
  Pick<Evidence, 'orders' | 'events' | 'executions' | 'brokerOrders' | 'closings' | 'alerts'> &
    Awaited<ReturnType<typeof readPositions>>
> {
  return {
    orders: await readOrders(db),
    events: await readEvents(db),
    executions: await readExecutions(db),
    brokerOrders: await readBrokerOrders(db),
    closings: await readClosings(db),
    ...(await readPositions(db)),
    alerts: await readAlerts(db),
  };
}

async function readOrders(db: Db): Promise<OrderFact[]> {
  const rows = await db
    .selectFrom('orders')
    .leftJoin('signals', 'signals.id', 'orders.signal_id')
    .selectAll('orders')
    .select('signals.body')
    .orderBy('orders.stored_at')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, signalId: row.signal_id, nonce: nonceIn(row.body) },
    ...{ accountId: row.account_id, strategyName: row.strategy_name },
    ...{ strategyInstrumentId: row.strategy_instrument_id, seq: row.seq },
    ...{ wishSeq: row.wish_seq, closingId: row.closing_id },
    ...{ role: row.role, lane: row.lane, action: row.action, quantity: row.quantity },
    ...{ exchange: row.exchange, symbol: row.symbol, product: row.product },
    targetPosition: row.target_position,
    ...{ status: row.status, code: row.code, reason: row.reason, attempt: row.attempt },
    brokerOrderId: row.broker_order_id,
    mode: row.mode,
    storedAt: row.stored_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }));
}

function nonceIn(body: Buffer | null): string | null {
  try {
    const sent = JSON.parse(body?.toString() ?? '') as Record<string, unknown>;
    return typeof sent['chaos'] === 'string' ? sent['chaos'] : null;
  } catch {
    return null;
  }
}

async function readClosings(db: Db): Promise<Evidence['closings']> {
  const rows = await db
    .selectFrom('closings as c')
    .innerJoin('strategy_instruments as si', 'si.id', 'c.strategy_instrument_id')
    .select(['c.id', 'c.strategy_instrument_id', 'c.scope', 'c.status', 'c.target', 'c.mode'])
    .select([
      'c.detail',
      'c.told',
      'c.square_off_id as squareOffId',
      'c.opened_at',
      'c.ended_at',
      'si.account_id',
      'si.exchange',
      'si.symbol',
      'si.product',
    ])
    .execute();
  return rows.map(({ strategy_instrument_id, account_id, opened_at, ended_at, ...row }) => ({
    ...row,
    strategyInstrumentId: strategy_instrument_id,
    accountId: account_id,
    openedAt: opened_at.getTime(),
    endedAt: ended_at?.getTime() ?? null,
  }));
}

async function readEvents(db: Db): Promise<Evidence['events']> {
  const rows = await db.selectFrom('order_events').selectAll().orderBy('seq').execute();
  return rows.map((row) => ({
    ...{ orderId: row.order_id, at: row.at.getTime(), from: row.from_status, to: row.to_status },
    ...{ attempt: row.attempt, code: row.code, reason: row.reason },
  }));
}

async function readExecutions(db: Db): Promise<Evidence['executions']> {
  const rows = await db.selectFrom('executions').selectAll().orderBy('claimed_at').execute();
  return rows.map((row) => ({
    ...{ orderId: row.order_id, attempt: row.attempt, executor: row.executor },
    claimedAt: row.claimed_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
    answeredAt: row.answered_at?.getTime() ?? null,
    ...{ outcome: row.outcome, answer: row.answer },
  }));
}

async function readBrokerOrders(db: Db): Promise<Evidence['brokerOrders']> {
  const rows = await db.selectFrom('broker_orders').selectAll().orderBy('first_seen_at').execute();
  return rows.map((row) => ({
    ...{ brokerOrderId: row.broker_order_id, accountId: row.account_id },
    ...{ status: row.status, mode: row.mode, firstSeenAt: row.first_seen_at.getTime() },
  }));
}

async function readAlerts(db: Db): Promise<Evidence['alerts']> {
  const rows = await db.selectFrom('alerts').select(['code', 'order_id', 'at']).execute();
  return rows.map((row) => ({ code: row.code, orderId: row.order_id, at: row.at.getTime() }));
}
