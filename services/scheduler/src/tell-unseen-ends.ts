import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { markUnseenEnds, type UnseenEnd } from '@orderlane/db/unseen-ends';
import { instrumentKey } from '@orderlane/domain/instrument';

const perRound = 500;

/**
 * Tells, once, of each accepted order whose day is over and whose end no book showed: it may have filled
 * while nobody read, and nothing here will ever know.
 */
export async function tellUnseenEnds(db: Db): Promise<void> {
  await db.transaction().execute(async (locked) => {
    for (const order of await markUnseenEnds(locked, { limit: perRound })) {
      await raiseAlert(locked, alertOf(order));
    }
  });
}

function alertOf(order: UnseenEnd): AlertToRaise {
  const { id, accountId, strategyId, strategyName, action, quantity, symbol } = order;
  const key = instrumentKey(order);
  const what = `${action} ${quantity || 'all of'} ${symbol} (${strategyName})`;
  const text = `${what} was accepted as ${order.brokerOrderId} on an earlier day, and no book showed its end; ${order.filledQuantity} of it are known to have filled. Look at the broker; if more did: orderlane positions set <strategy> ${key} <shares>`;
  const about = { accountId, strategyId, orderId: id, subject: `${strategyName} ${key} ${id}` };
  return { ...about, code: 'end_unseen', text };
}
