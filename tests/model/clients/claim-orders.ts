import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimResult, claimOrder } from '@orderlane/db/claim';
import type { OrderId } from '@orderlane/domain/ids';
import { liveAttempt } from './live-attempt.ts';
import type { Fate } from './script.ts';
import { at, attempt, beside, type World } from './world.ts';

/** A claiming client: an executor, with many calls under way at once. */
export async function claimOrders(world: World, fates: readonly Fate[]): Promise<void> {
  for (let turn = 0; !world.isOver; turn++) {
    const fate = at(fates, turn);
    const orderId = world.jobs.take(fate.place, fate.again);
    if (orderId === undefined) await sleep(2);
    else await attempt(world, 'claim', async () => await claimOne(world, { orderId, fate }));
  }
}

async function claimOne(world: World, args: { orderId: OrderId; fate: Fate }): Promise<void> {
  const { orderId, fate } = args;
  const { db, settings, log } = world;
  const claimId = randomUUID();
  const shown = await world.shownTo?.(orderId, fate.place);
  const askedAt = performance.now();
  const began = log.tick();
  const result = await claimOrder(db, { orderId, claimId, settings, shown: shown ?? null });
  log.claims.push({ orderId, began, ended: log.tick(), result });
  if (result.verdict !== 'taken') {
    comeBack(world, { orderId, result });
    return;
  }
  const taken = {
    orderId,
    claimId,
    attempt: result.attempt,
    quantity: result.quantity,
    sendBy: askedAt + settings.sendWindowMs,
  };
  beside(world, 'attempt', async () => await liveAttempt(world, { ...taken, fate }));
}

function comeBack(world: World, args: { orderId: OrderId; result: ClaimResult }): void {
  const { result } = args;
  if (result.verdict !== 'waits' && result.verdict !== 'not_yet') return;
  const { wakeInMs } = result;
  if (wakeInMs === null) return;
  beside(world, 'wake up', async () => {
    await sleep(wakeInMs);
    world.jobs.add([args.orderId]);
  });
}
