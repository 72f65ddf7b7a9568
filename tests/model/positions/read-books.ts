import { setTimeout as sleep } from 'node:timers/promises';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import { moveFollowedOrder } from '@orderlane/db/follow-orders';
import type { Db } from '@orderlane/db/open-db';
import { claimBrokerOrder, recordAbsent } from '@orderlane/db/settle-orders';
import type { OrderId } from '@orderlane/domain/ids';
import { listOpen, type OpenOrder } from '../clients/follow-orders.ts';
import { at, attempt } from '../clients/world.ts';
import type { ReadingScript } from './script.ts';
import type { PositionWorld } from './world.ts';

const partOf = 3;

/** The reader of the books, and the broker that moves orders on between two reads. */
export async function readBooks(
  world: PositionWorld,
  readings: readonly ReadingScript[],
): Promise<void> {
  for (let turn = 0; !world.isOver; turn++) {
    const reading = at(readings, turn);
    await sleep(reading.pauseMs);
    await attempt(world, 'read', async () => await readOne(world, reading));
  }
}

async function readOne(world: PositionWorld, reading: ReadingScript): Promise<void> {
  const rows = await listOpen(world);
  if (rows.length === 0) return;
  const order = at(rows, reading.place);
  moveAtBroker(world, { order, reading });
  if (reading.isRead) await showOrder(world, { order, overlooks: reading.overlooks });
}

function moveAtBroker(
  { broker }: PositionWorld,
  { order, reading }: { order: OpenOrder; reading: ReadingScript },
): void {
  const { id, status } = order;
  const isWaiting = status === 'awaiting_approval';
  switch (reading.broker) {
    case 'rests':
      return;
    case 'fills_part':
      broker.fill(id, partOf);
      return;
    case 'fills':
      if (isWaiting) broker.decide(id, true);
      else broker.fill(id);
      return;
    case 'ends':
      if (isWaiting) broker.decide(id, false);
      else broker.cancel(id);
  }
}

/** Writes down what a book shows of one order, and wakes who waited for it. */
export async function showOrder(
  world: PositionWorld,
  args: { order: OpenOrder; overlooks: boolean },
): Promise<void> {
  const { order, overlooks } = args;
  const { broker } = world;
  const found = broker.find(order.id);
  if (found?.state === 'pending') return;
  const woken = await world.db.transaction().execute(async (db) => {
    const moved =
      order.status === 'accepted'
        ? await follow(db, world, order.id)
        : await settle(db, world, { order, isFound: found !== undefined && !overlooks });
    return moved ? await wakeWaiters(db, [order.id]) : [];
  });
  world.jobs.add(woken.map(({ id }) => id));
}

async function follow(db: Db, { broker }: PositionWorld, id: OrderId): Promise<boolean> {
  const placed = broker.find(id);
  if (placed === undefined) throw new Error(`${id} is accepted and the broker has it not`);
  const to = placed.state === 'filled' || placed.state === 'cancelled' ? placed.state : 'accepted';
  const end = { averagePrice: 100, reason: null, mode: 'analyze' } as const;
  const moved = await moveFollowedOrder(db, {
    ...{ id, from: 'accepted', to, filledQuantity: placed.filled },
    ...end,
  });
  return moved && to !== 'accepted';
}

/** An exit that is there is never overlooked: two of them would sell twice. */
async function settle(
  db: Db,
  world: PositionWorld,
  { order, isFound }: { order: OpenOrder; isFound: boolean },
): Promise<boolean> {
  const { id, status, role } = order;
  const placed = world.broker.find(id);
  if (placed !== undefined && (isFound || role === 'exit')) {
    await showBrokerOrder(db, world, order);
    return await claimBrokerOrder(db, { orderId: id, brokerOrderId: `B-${id}`, by: 'model' });
  }
  if (status === 'absent') return false;
  const isAbsent = await recordAbsent(db, { code: 'absent', orderId: id, reason: 'model' });
  if (isAbsent && placed !== undefined) world.overlooked.add(id);
  return isAbsent;
}

/** An order of the broker's has the mode of the book that it stood in. */
async function showBrokerOrder(db: Db, world: PositionWorld, order: OpenOrder): Promise<void> {
  await db
    .insertInto('broker_orders')
    .values({
      ...{ account_id: world.accountId, broker_order_id: `B-${order.id}`, mode: 'analyze' },
      ...{ exchange: 'NSE', symbol: order.symbol, product: 'MIS', action: order.action },
      ...{ quantity: order.quantity, status: 'open', status_since: new Date() },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
