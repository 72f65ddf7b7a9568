import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@orderlane/db/open-db';
import { brakeAndRelease } from '../clients/brake.ts';
import { claimOrders } from '../clients/claim-orders.ts';
import { keepSweeping } from '../clients/sweep.ts';
import { watch } from '../clients/watch.ts';
import { drainPositions } from './drain.ts';
import { readBooks } from './read-books.ts';
import type { PositionScenario } from './script.ts';
import { sendSignals } from './send-signals.ts';
import { watchPositions } from './watch-positions.ts';
import { workOnClosings } from './work-on-closings.ts';
import { makePositionWorld, type PositionWorld } from './world.ts';

const goOnMs = 150;

/** All clients at once; when everything was said they go on a little, then what is left is drained. */
export async function runPositions(db: Db, scenario: PositionScenario): Promise<PositionWorld> {
  const world = await makePositionWorld(db);
  const others = [
    ...scenario.fates.map(async (fates) => await claimOrders(world, fates)),
    ...scenario.turns.map(async (turns) => await workOnClosings(world, turns)),
    keepSweeping(world),
    keepSweeping(world),
    readBooks(world, scenario.readings),
    brakeAndRelease(world, scenario.brakings),
    watch(world),
    watchPositions(world),
  ];
  await Promise.all(scenario.signals.map(async (says) => await sendSignals(world, says)));
  await sleep(goOnMs);
  world.isOver = true;
  await Promise.all(others);
  await Promise.all(world.tasks);
  await drainPositions(world);
  return world;
}
