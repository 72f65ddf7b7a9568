import type { Db } from '@orderlane/db/open-db';
import type { WebhookId } from '@orderlane/domain/ids';
import { orderPayload } from '@orderlane/domain/order-payload';
import type { Case } from './case-file.ts';
import type { Played } from './compare.ts';

export interface Stage {
  db: Db;
  /** Where the ingress listens. */
  baseUrl: string;
}

/** The day of every case: a Tuesday on which all markets are open. */
export function instantOf(nowIst: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from('2026-02-10').toZonedDateTime({
    timeZone: 'Asia/Kolkata',
    plainTime: nowIst,
  });
}

/** Posts the case's request and reads back what is queued because of it. */
export async function playCase(
  stage: Stage,
  args: { webhookId: WebhookId; played: Case },
): Promise<Played> {
  const { strategy, request } = args.played;
  const path = strategy.platform === 'chartink' ? 'chartink' : 'strategy';
  const response = await fetch(`${stage.baseUrl}/${path}/webhook/${args.webhookId}`, {
    method: 'POST',
    headers: { 'content-type': request.content_type },
    body: request.raw ?? JSON.stringify(request.body),
  });
  const body: unknown = await response.json();
  return {
    httpStatus: response.status,
    body,
    orders: await queuedOrders(stage.db, args.webhookId),
    stored: await storedSignal(stage.db, args.webhookId),
  };
}

async function storedSignal(db: Db, webhookId: WebhookId): Promise<Played['stored']> {
  return await db
    .selectFrom('signals')
    .innerJoin('strategies', 'strategies.id', 'signals.strategy_id')
    .select(['signals.http_status', 'signals.code'])
    .where('strategies.webhook_id', '=', webhookId)
    .executeTakeFirst();
}

async function queuedOrders(db: Db, webhookId: WebhookId): Promise<Played['orders']> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('strategies', 'strategies.id', 'orders.strategy_id')
    .selectAll('orders')
    .where('strategies.webhook_id', '=', webhookId)
    .where('orders.status', '=', 'queued')
    .orderBy('orders.id')
    .execute();
  return rows.map(({ lane, exchange, symbol, product, action, quantity, ...order }) => ({
    queue: lane,
    payload: orderPayload({
      ...{ action, quantity, strategyName: order.strategy_name },
      instrument: { exchange, symbol, product },
      targetPosition: lane === 'smart' ? order.target_position : null,
    }),
  }));
}
