import { raiseAlert } from '@orderlane/db/alerts';
import type { FollowedOrder } from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import { findOwnAfterFill } from '@orderlane/db/positions';
import { instrumentKey } from '@orderlane/domain/instrument';

/**
 * Tells a person of an exit that filled although the position was closed already: what it was to close is
 * now held on the other side, by the account too, so that nothing else would notice. To be
 * called in the transaction that records the fill. A smart order ends at its target.
 */
export async function tellOverfilledExit(db: Db, order: FollowedOrder): Promise<void> {
  const { id, accountId, strategyId, strategyName, role, lane, action, quantity, symbol } = order;
  if (role !== 'exit' || lane === 'smart') return;
  const own = (await findOwnAfterFill(db, id)) ?? 0;
  if (action === 'SELL' ? own >= 0 : own <= 0) return;
  const key = instrumentKey(order);
  const text = `${action} ${quantity} ${key} (${strategyName}) filled more than was left to close: the strategy holds ${own} now. Look at what is open at the broker, then close it there or here: orderlane exit "${strategyName}" ${symbol}`;
  const about = { accountId, strategyId, orderId: id, subject: `${strategyName} ${key} ${id}` };
  await raiseAlert(db, { ...about, code: 'exit_overfilled', text });
}
