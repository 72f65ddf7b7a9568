import { z } from '@hono/zod-openapi';
import { findWebhookTarget, type WebhookTarget } from '@orderlane/db/webhook-target';
import type { StrategyId } from '@orderlane/domain/ids';
import { getStrategy } from '@orderlane/manage/find-owned';
import { ManageError } from '@orderlane/manage/manage-error';
import { readMarketNow } from '@orderlane/signals/market';
import { trySignal } from '@orderlane/signals/try-signal';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';

/** What a signal would lead to. */
export const triedSignal = z
  .object({
    at: z.string().meta({ description: 'The time for which it was decided, in Asia/Kolkata.' }),
    http_status: z.number().meta({ description: 'What its sender would be answered.' }),
    code: z.string().nullable(),
    message: z.string(),
    orders: z.array(
      z.object({
        signal_symbol: z.string(),
        exchange: z.string(),
        symbol: z.string(),
        product: z.string(),
        role: z.enum(['entry', 'exit']),
        lane: z.enum(['regular', 'smart']),
        action: z.enum(['BUY', 'SELL']),
        quantity: z.number(),
        target_position: z.number().nullable(),
        own_target: z.number().nullable(),
        expires_in_ms: z.number(),
      }),
    ),
    refused: z.array(
      z.object({ symbol: z.string().nullable(), code: z.string(), error: z.string() }),
    ),
    notes: z.array(z.string()),
    held: z.array(
      z.object({
        exchange: z.string(),
        symbol: z.string(),
        product: z.string(),
        own: z.number(),
        coming: z.number(),
      }),
    ),
  })
  .openapi('TriedSignal');

export interface SignalToTry {
  strategyId: StrategyId;
  body: Uint8Array;
  idempotencyKey: string | null;
  at: Temporal.ZonedDateTime;
  /** Decided as if the strategy were on. */
  assumesActive: boolean;
}

/** @throws ManageError unknown_strategy */
export async function tryOwnSignal(
  deps: ManageDeps,
  context: ConsoleContext,
  { strategyId, body, idempotencyKey, at, assumesActive }: SignalToTry,
) {
  const { db, entryMaxAgeMs } = deps;
  const target = await findTarget(deps, context, strategyId);
  const { strategy } = target;
  const asked = {
    ...target,
    strategy: { ...strategy, isActive: strategy.isActive || assumesActive },
  };
  const market = await readMarketNow(db);
  const tried = { ...market, body, idempotencyKey, now: at, entryMaxAgeMs };
  const { verdict, plans, refused, notes, held } = await trySignal(db, asked, tried);
  return {
    at: at.toString({ timeZoneName: 'never' }),
    http_status: verdict.httpStatus,
    code: verdict.status === 'error' ? verdict.code : null,
    message: verdict.status === 'error' ? verdict.error : verdict.message,
    orders: plans.map(({ signalSymbol, instrument, ...plan }) => ({
      signal_symbol: signalSymbol,
      ...instrument,
      ...{ role: plan.role, lane: plan.lane, action: plan.action, quantity: plan.quantity },
      target_position: plan.targetPosition,
      own_target: plan.ownTarget,
      expires_in_ms: Math.min(plan.expiresInMs, plan.latestExpiresInMs ?? plan.expiresInMs),
    })),
    refused,
    notes,
    held: held.map(({ exchange, symbol, product, own, coming }) => ({
      ...{ exchange, symbol, product, own, coming },
    })),
  };
}

/** All that a decision about the strategy's signals is made from, now. @throws ManageError unknown_strategy */
export async function findTarget(
  { db }: Pick<ManageDeps, 'db'>,
  context: ConsoleContext,
  strategyId: StrategyId,
): Promise<WebhookTarget> {
  const { webhookId } = await getStrategy(managerOf(db, context), strategyId);
  const target = await findWebhookTarget(db, webhookId);
  if (target === undefined) throw new ManageError('unknown_strategy');
  return target;
}
