import { setTimeout as sleep } from 'node:timers/promises';
import { listDueOrders } from '@orderlane/db/due-orders';
import { expireOrders, lapseLeases } from '@orderlane/db/ended-orders';
import { attempt, type World } from './world.ts';

const limit = 1000;

/** A scheduler's sweep: ends what grew too old and what a dead executor left, lists what is due. */
export async function sweep(world: World): Promise<void> {
  await attempt(world, 'expire', async () => {
    await world.db.transaction().execute(async (db) => await expireOrders(db, { limit }));
  });
  await attempt(world, 'lapse', async () => {
    await world.db.transaction().execute(async (db) => await lapseLeases(db, { limit }));
  });
  await attempt(world, 'list due', async () => {
    world.jobs.add((await listDueOrders(world.db, { limit })).map(({ id }) => id));
  });
}

export async function keepSweeping(world: World): Promise<void> {
  while (!world.isOver) {
    await sweep(world);
    await sleep(15);
  }
}
