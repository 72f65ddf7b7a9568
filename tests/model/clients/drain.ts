import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimOrder } from '@orderlane/db/claim';
import { recordOutcome } from '@orderlane/db/outcomes';
import type { OrderId } from '@orderlane/domain/ids';
import { listOpen, moveOrder } from './follow-orders.ts';
import { sweep } from './sweep.ts';
import { look } from './watch.ts';
import { attempt, type World } from './world.ts';

const rounds = 200;

/**
 * A fair scheduler and a far side that takes everything at once: what is still queued after it waits
 * for nothing. What is indeterminate stays so, only a person knows; of exits, for which others wait, one says it.
 */
export async function drain(world: World): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await look(world);
    await sweep(world);
    await sendAll(world);
    await endOpen(world);
    if (!(await hasUnfinished(world))) return;
    await sleep(20);
  }
}

async function sendAll(world: World): Promise<void> {
  for (let id = world.jobs.take(0, false); id !== undefined; id = world.jobs.take(0, false)) {
    await send(world, id);
  }
}

async function endOpen(world: World): Promise<void> {
  for (const { id, status, role } of await listOpen(world)) {
    if (status === 'indeterminate' && role === 'exit') {
      await moveOrder(world, { id, from: status, to: 'absent' });
    }
    if (status === 'accepted') await moveOrder(world, { id, from: status, to: 'filled' });
    if (status === 'awaiting_approval') await moveOrder(world, { id, from: status, to: 'absent' });
  }
}

async function send(world: World, orderId: OrderId): Promise<void> {
  await attempt(world, 'drain', async () => {
    const { db, log, settings } = world;
    const began = log.tick();
    const result = await claimOrder(db, { orderId, claimId: randomUUID(), settings });
    log.claims.push({ orderId, began, ended: log.tick(), result });
    if (result.verdict !== 'taken') return;
    log.calls.push({ orderId, attempt: result.attempt, at: log.tick(), effect: 'executed' });
    await recordOutcome(db, {
      orderId,
      attempt: result.attempt,
      outcome: { kind: 'accepted', brokerOrderId: `B-${orderId}`, mode: 'analyze' },
      sentAgoMs: 0,
      answeredAgoMs: 0,
      httpStatus: 200,
      answer: '{}',
      retryInMs: 0,
    });
  });
}

async function hasUnfinished(world: World): Promise<boolean> {
  const row = await world.db
    .selectFrom('orders')
    .select('id')
    .where('account_id', '=', world.accountId)
    .where('status', 'in', ['queued', 'submitting', 'accepted', 'awaiting_approval'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
