import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import { brakeAndRelease } from './brake.ts';
import { claimOrders } from './claim-orders.ts';
import { drain } from './drain.ts';
import { followOrders } from './follow-orders.ts';
import type { Scenario } from './script.ts';
import { storeSignals } from './store-signals.ts';
import { keepSweeping } from './sweep.ts';
import { watch } from './watch.ts';
import { makeOrderWorld, type World } from './world.ts';

const goOnMs = 150;

/** All clients at once; when everything is stored they go on a little, then what is left is drained. */
export async function runClients(db: Db, scenario: Scenario): Promise<World> {
  const world = await makeOrderWorld(db);
  const others = [
    ...scenario.fates.map(async (fates) => await claimOrders(world, fates)),
    keepSweeping(world),
    keepSweeping(world),
    followOrders(world, scenario.readings),
    brakeAndRelease(world, scenario.brakings),
    watch(world),
  ];
  await Promise.all(scenario.signals.map(async (signals) => await storeSignals(world, signals)));
  await sleep(goOnMs);
  world.isOver = true;
  await Promise.all(others);
  await Promise.all(world.tasks);
  await drain(world);
  return world;
}
