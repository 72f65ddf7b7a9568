import { randomUUID } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { type PlanToStore, type SignalToStore, storeSignal } from '@orderlane/db/store-signal';
import { insertStrategy } from '@orderlane/db/strategies';
import { type AccountId, brandIds, type OrderId, type StrategyId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';

/** An account in analyze mode, so that it may trade without its owner's word. */
export async function makeAccount(db: Db, values: { name?: string } = {}): Promise<AccountId> {
  const { id } = await db
    .insertInto('openalgo_accounts')
    .values({
      user_id: 'owner',
      name: values.name ?? `account-${randomUUID().slice(0, 8)}`,
      base_url: `http://127.0.0.1:1/${randomUUID()}`,
      api_key_box: 'sealed',
      api_key_fingerprint: randomUUID(),
      mode: 'analyze',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A positional LONG strategy; every field may be overridden. */
export async function makeStrategy(
  db: Db,
  values: Partial<Parameters<typeof insertStrategy>[1]> & { account_id: AccountId },
): Promise<StrategyId> {
  return await insertStrategy(db, {
    user_id: 'owner',
    name: `strategy ${randomUUID().slice(0, 8)}`,
    webhook_id: brandIds.webhook(randomUUID()),
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_intraday: false,
    ...values,
  });
}

/** A plan as the domain makes it; every field may be overridden. */
export function makePlan(values: Partial<OrderPlan> = {}): OrderPlan {
  const isExit = values.role === 'exit';
  return {
    signalSymbol: 'SBIN',
    instrument: { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' },
    role: 'entry',
    lane: isExit ? 'smart' : 'regular',
    priority: isExit ? 2 : 10,
    action: isExit ? 'SELL' : 'BUY',
    quantity: isExit ? 0 : 10,
    targetPosition: isExit ? 0 : null,
    expiresInMs: 60_000,
    latestExpiresInMs: null,
    notBeforeMs: null,
    ownTarget: null,
    sameness: { content: '{}', key: null },
    ...values,
  };
}

export interface Seed {
  accountId: AccountId;
  strategyId: StrategyId;
  db: Db;
}

export async function seedStrategy(db: Db): Promise<Seed> {
  const accountId = await makeAccount(db);
  const strategyId = await makeStrategy(db, { account_id: accountId });
  return { accountId, strategyId, db };
}

export function makeSignal(seed: Seed, values: Partial<SignalToStore> = {}): SignalToStore {
  return {
    id: brandIds.signal(randomUUID()),
    strategyId: seed.strategyId,
    strategyVersion: 1,
    strategyName: 'demo',
    accountId: seed.accountId,
    path: '/strategy/webhook',
    sourceAddress: '127.0.0.1',
    contentType: 'application/json',
    body: Buffer.from('{}'),
    idempotencyKey: null,
    verdict: 'queued',
    code: null,
    httpStatus: 200,
    refused: [],
    notes: [],
    plans: [],
    held: [],
    repeats: [],
    duplicateWindowMs: 30_000,
    maxOrdersPerDay: 200,
    intervalMs: { regular: 105, smart: 1100 },
    ...values,
  };
}

/** A plan that repeats no other. */
export function makePlanToStore(plan: OrderPlan, values: Partial<PlanToStore> = {}): PlanToStore {
  return {
    id: brandIds.order(randomUUID()),
    plan,
    contentHash: randomUUID().replaceAll('-', ''),
    ...values,
  };
}

/** Stores one signal with one order and returns the order's id. */
export async function storeOrder(seed: Seed, values: Partial<OrderPlan> = {}): Promise<OrderId> {
  const plan = makePlanToStore(makePlan(values));
  const { version: strategyVersion } = await seed.db
    .selectFrom('strategies')
    .select('version')
    .where('id', '=', seed.strategyId)
    .executeTakeFirstOrThrow();
  const signal = makeSignal(seed, { plans: [plan], strategyVersion });
  const stored = await storeSignal(seed.db, signal);
  if (stored.kind !== 'stored' || stored.results[0]?.result !== 'queued') {
    throw new Error(`The order was not queued: ${JSON.stringify(stored)}`);
  }
  return plan.id;
}
