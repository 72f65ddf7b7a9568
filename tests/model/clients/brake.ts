import { setTimeout as sleep } from 'node:timers/promises';
import { pauseAccount, resumeAccount } from '@orderlane/db/accounts';
import { toggleStrategy } from '@orderlane/db/strategies';
import type { BrakeEntry } from './log.ts';
import type { Braking } from './script.ts';
import { at, attempt, type World } from './world.ts';

/** A hand on the brakes: each is set, held and released. */
export async function brakeAndRelease(world: World, brakings: readonly Braking[]): Promise<void> {
  for (let turn = 0; !world.isOver; turn++) {
    const braking = at(brakings, turn);
    await sleep(braking.pauseMs);
    await attempt(world, 'brake', async () => await brakeOnce(world, braking));
  }
}

async function brakeOnce(world: World, braking: Braking): Promise<void> {
  const { log } = world;
  await set(world, braking);
  const set_ = log.tick();
  await sleep(braking.holdMs);
  const released = log.tick();
  await release(world, braking);
  log.brakes.push({ ...reachOf(world, braking), set: set_, released });
}

function reachOf(world: World, braking: Braking): Pick<BrakeEntry, 'holds' | 'strategyId'> {
  const strategyId = at(world.strategyIds, braking.strategy);
  switch (braking.brake) {
    case 'pause':
      return { holds: 'everything', strategyId: undefined };
    case 'halt':
      return { holds: 'everything', strategyId };
    case 'stop_entries':
    case 'strategy_off':
      return { holds: 'entries', strategyId };
  }
}

async function set(world: World, braking: Braking): Promise<void> {
  const { db, accountId } = world;
  const id = at(world.strategyIds, braking.strategy);
  switch (braking.brake) {
    case 'pause':
      await pauseAccount(db, { id: accountId, reason: 'model' });
      return;
    case 'strategy_off':
      await toggleStrategy(db, { id, isActive: false });
      return;
    case 'halt':
    case 'stop_entries':
      await db
        .insertInto('brakes')
        .values({ scope: 'strategy', scope_id: id, strength: braking.brake, set_by: 'model' })
        .execute();
  }
}

async function release(world: World, braking: Braking): Promise<void> {
  const { db, accountId } = world;
  const id = at(world.strategyIds, braking.strategy);
  switch (braking.brake) {
    case 'pause':
      await resumeAccount(db, accountId);
      return;
    case 'strategy_off':
      await toggleStrategy(db, { id, isActive: true });
      return;
    case 'halt':
    case 'stop_entries':
      await db
        .deleteFrom('brakes')
        .where('scope', '=', 'strategy')
        .where('scope_id', '=', id)
        .execute();
  }
}
