import type { Db } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';
import { settleOrders } from '@orderlane/scheduler/settle-orders';
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerFirst, claimNow, statusOfOrder, unclearOutcome } from '../support/claims.ts';
import { makeStrategy, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { readOnce } from '../support/read-once.ts';

let parts: FreshParts;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});

const mode = 'analyze';
const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
const earlier = { ...sbin, symbol: 'TCS', action: 'BUY', quantity: 1, order_status: 'open' };

/** Does something between one statement and the next. */
function after(statement: number, act: () => Promise<void>): KyselyPlugin {
  let statements = 0;
  return {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      statements++;
      if (statements === statement) await act();
      return result;
    },
  };
}

async function exit(seed: Seed): Promise<OrderId> {
  const plan = { role: 'exit', lane: 'regular', action: 'SELL', quantity: 10 } as const;
  const orderId = await storeOrder(seed, { ...plan, targetPosition: null });
  await claimNow(seed.db, { orderId });
  return orderId;
}

async function settle(db: Db, { accountId }: Seed): Promise<void> {
  const readStartedAt = new Date(Date.now() + 1000);
  const book = { accountId, mode, readStartedAt, tradesElsewhere: false } as const;
  await settleOrders(db, { ...book, absentAfterMs: 130_000 });
}

it.each([1, 2, 3, 4])(
  'a twin whose answer is lost after statement %i of the settlement keeps its row',
  async (statement) => {
    const { db } = parts;
    const seed = await seedStrategy(db);
    const strategyId = await makeStrategy(db, { account_id: seed.accountId });
    await readOnce(seed, { mode, orders: [{ ...earlier, orderid: 'T1' }], trades: [] });
    const neverArrived = await exit(seed);
    const arrived = await exit({ ...seed, strategyId });
    const row = { ...sbin, action: 'SELL', quantity: 10, order_status: 'open', orderid: 'R1' };
    await readOnce(seed, { mode, orders: [{ ...earlier, orderid: 'T1' }, row], trades: [] });
    await answerFirst(db, { orderId: neverArrived, outcome: unclearOutcome });

    const loseAnswer = async () => {
      await answerFirst(db, { orderId: arrived, outcome: unclearOutcome });
    };
    await db.transaction().execute(async (transaction) => {
      await settle(transaction.withPlugin(after(statement, loseAnswer)), seed);
    });
    expect(await statusOfOrder(db, arrived)).toBe('indeterminate');
    expect(await statusOfOrder(db, neverArrived)).toBe('indeterminate');
    await settle(db, seed);
    expect(await statusOfOrder(db, neverArrived)).toBe('indeterminate');
  },
);
