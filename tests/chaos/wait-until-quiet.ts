import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import type { Simulator } from './fleet/open-ground.ts';

/**
 * Waits until no order is on its way any more and OpenAlgo has nothing under way, or until there is
 * no more patience.
 * @returns what was still moving then, or undefined
 */
export async function waitUntilQuiet(
  parts: { db: Db; simulator: Simulator },
  withinMs: number,
): Promise<string | undefined> {
  const until = Date.now() + withinMs;
  let moving: string | undefined;
  while (Date.now() < until) {
    moving = await findMoving(parts);
    if (moving === undefined) return undefined;
    await sleep(500);
  }
  return moving;
}

async function findMoving({ db, simulator }: { db: Db; simulator: Simulator }) {
  const orders = await db
    .selectFrom('orders')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('status', 'in', ['queued', 'submitting'])
    .groupBy('status')
    .execute();
  if (orders.length > 0) return orders.map(({ status, count }) => `${count} ${status}`).join(', ');
  const open = (await simulator.calls()).filter(({ end }) => end === null);
  return open.length > 0 ? `${open.length} calls at OpenAlgo` : undefined;
}
