import type { OrderId } from '@orderlane/domain/ids';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { makeStrategy, type Seed, storeOrder } from './factories.ts';
import type { Stack } from './stack.ts';

/** A new strategy on the stack's account, ready for `storeOrder`. */
export async function seedOn(
  stack: Pick<Stack, 'db' | 'accountId'>,
  values: Partial<Omit<Parameters<typeof makeStrategy>[1], 'account_id'>> = {},
): Promise<Seed> {
  const { db, accountId } = stack;
  const strategyId = await makeStrategy(db, { ...values, account_id: accountId });
  return { db, accountId, strategyId };
}

/** Stores one order of each of `count` symbols, S0, S1, … */
export async function storeMany(
  seed: Seed,
  count: number,
  values: Partial<OrderPlan> = {},
): Promise<OrderId[]> {
  const ids: OrderId[] = [];
  for (let index = 0; index < count; index++) {
    const instrument = { exchange: 'NSE', symbol: `S${index}`, product: 'MIS' } as const;
    ids.push(await storeOrder(seed, { instrument, ...values }));
  }
  return ids;
}
