import { setTimeout as sleep } from 'node:timers/promises';
import { type PlanToStore, type StoreSignalResult, storeSignal } from '@orderlane/db/store-signal';
import type { StrategyId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { makePlan, makePlanToStore, makeSignal } from '../../support/factories.ts';
import type { PlanScript, SignalScript } from './script.ts';
import { at, attempt, type World } from './world.ts';

const maxDecisions = 30;

/** A storing client: an ingress that decides again when the strategy has moved on. */
export async function storeSignals(world: World, signals: readonly SignalScript[]): Promise<void> {
  for (const signal of signals) {
    await sleep(signal.pauseMs);
    await attempt(world, 'store', async () => await storeOne(world, signal));
  }
}

async function storeOne(world: World, signal: SignalScript): Promise<void> {
  const strategyId = at(world.strategyIds, signal.strategy);
  const plans = signal.plans.map((plan) => makePlanToStore(planOf(world, plan)));
  const began = world.log.tick();
  for (let decision = 0; decision < maxDecisions; decision++) {
    const stored = await store(world, { strategyId, plans });
    if (stored.kind === 'moved_on') continue;
    const orderIds = plans.map(({ id }) => id);
    world.log.stores.push({ began, ended: world.log.tick(), orderIds });
    world.jobs.add(orderIds);
    return;
  }
  throw new Error('The strategy moved on each time');
}

async function store(
  world: World,
  args: { strategyId: StrategyId; plans: PlanToStore[] },
): Promise<StoreSignalResult> {
  const { version } = await world.db
    .selectFrom('strategies')
    .select('version')
    .where('id', '=', args.strategyId)
    .executeTakeFirstOrThrow();
  const seed = { db: world.db, accountId: world.accountId, strategyId: args.strategyId };
  return await storeSignal(
    world.db,
    makeSignal(seed, {
      strategyVersion: version,
      plans: args.plans,
      duplicateWindowMs: 0,
      maxOrdersPerDay: 100_000,
      intervalMs: { regular: 0, smart: 0 },
    }),
  );
}

const exit = { role: 'exit', action: 'SELL', priority: 2, expiresInMs: 60_000 } as const;

function planOf(world: World, script: PlanScript): OrderPlan {
  const { quantity } = script;
  const instrument = at(world.instruments, script.instrument);
  const entry = { instrument, quantity, expiresInMs: script.ageMs };
  switch (script.kind) {
    case 'entry':
      return makePlan(entry);
    case 'target_long':
      return makePlan({ ...entry, lane: 'smart', targetPosition: quantity });
    case 'target_short':
      return makePlan({ ...entry, lane: 'smart', action: 'SELL', targetPosition: -quantity });
    case 'regular_exit':
      return makePlan({ ...exit, instrument, quantity, lane: 'regular', targetPosition: null });
    case 'smart_exit':
      return makePlan({ ...exit, instrument, quantity: 0, lane: 'smart', targetPosition: 0 });
  }
}
