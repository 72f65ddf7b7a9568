import { setTimeout as sleep } from 'node:timers/promises';
import { wakeWaiters } from '@orderlane/db/ended-orders';
import type { OrderRow } from '@orderlane/db/orders';
import type { OrderId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { Reading } from './script.ts';
import { at, attempt, type World } from './world.ts';

const open = ['accepted', 'indeterminate', 'awaiting_approval', 'absent'] as const;
type OpenStatus = (typeof open)[number];

const moves: Record<OpenStatus, Record<Reading['shows'], OrderStatus | undefined>> = {
  accepted: { nothing_new: undefined, executed: 'filled', ended: 'cancelled', gone: undefined },
  indeterminate: {
    nothing_new: undefined,
    executed: 'accepted',
    ended: 'rejected',
    gone: 'absent',
  },
  awaiting_approval: {
    nothing_new: undefined,
    executed: 'accepted',
    ended: 'absent',
    gone: undefined,
  },
  absent: { nothing_new: undefined, executed: 'accepted', ended: undefined, gone: undefined },
};

/** The order book's reader: moves what is open as the book shows it, by compare-and-set. */
export async function followOrders(world: World, readings: readonly Reading[]): Promise<void> {
  for (let turn = 0; !world.isOver; turn++) {
    const reading = at(readings, turn);
    await sleep(reading.pauseMs);
    await attempt(world, 'follow', async () => await readOne(world, reading));
  }
}

async function readOne(world: World, reading: Reading): Promise<void> {
  const rows = await listOpen(world);
  if (rows.length === 0) return;
  const { id, status } = at(rows, reading.place);
  const to = moves[status][reading.shows];
  if (to !== undefined) await moveOrder(world, { id, from: status, to });
}

export type OpenOrder = Pick<OrderRow, 'id' | 'role' | 'symbol' | 'action' | 'quantity'> & {
  status: OpenStatus;
};

export async function listOpen(world: World): Promise<OpenOrder[]> {
  return await world.db
    .selectFrom('orders')
    .select(['id', 'status', 'role', 'symbol', 'action', 'quantity'])
    .where('account_id', '=', world.accountId)
    .where('status', 'in', open)
    .orderBy('id')
    .$narrowType<{ status: OpenStatus }>()
    .execute();
}

/** Moves an order if it stands where it was seen, and wakes who waited for it. */
export async function moveOrder(
  world: World,
  move: { id: OrderId; from: OrderStatus; to: OrderStatus },
): Promise<void> {
  const woken = await world.db.transaction().execute(async (db) => {
    const moved = await db
      .updateTable('orders')
      .set({ status: move.to })
      .where('id', '=', move.id)
      .where('status', '=', move.from)
      .executeTakeFirst();
    return moved.numUpdatedRows > 0n ? await wakeWaiters(db, [move.id]) : [];
  });
  world.jobs.add(woken.map(({ id }) => id));
}
