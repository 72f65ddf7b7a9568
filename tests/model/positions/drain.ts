import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimOrder } from '@orderlane/db/claim';
import { recordOutcome } from '@orderlane/db/outcomes';
import type { OrderId } from '@orderlane/domain/ids';
import { listOpen } from '../clients/follow-orders.ts';
import { sweep } from '../clients/sweep.ts';
import { look } from '../clients/watch.ts';
import { attempt } from '../clients/world.ts';
import { showOrder } from './read-books.ts';
import { lookAtPositions } from './watch-positions.ts';
import { takeTurn } from './work-on-closings.ts';
import type { PositionWorld } from './world.ts';

const rounds = 400;
const fairTurn = { books: 'clean', cancel: 'ends', dies: false, pauseMs: 0 } as const;

/**
 * A fair scheduler, and a broker that fills everything at once: after it nothing is open, neither orders
 * nor closings, and every order of unknown fate has one.
 */
export async function drainPositions(world: PositionWorld): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await look(world);
    await lookAtPositions(world);
    await sweep(world);
    await sendAll(world);
    await endOpen(world);
    await takeTurn(world, fairTurn);
    if (!(await hasUnfinished(world))) return;
    await sleep(10);
  }
}

async function sendAll(world: PositionWorld): Promise<void> {
  for (let id = world.jobs.take(0, false); id !== undefined; id = world.jobs.take(0, false)) {
    await send(world, id);
  }
}

async function send(world: PositionWorld, orderId: OrderId): Promise<void> {
  await attempt(world, 'drain', async () => {
    const { db, log, settings, broker } = world;
    const began = log.tick();
    const result = await claimOrder(db, { orderId, claimId: randomUUID(), settings });
    log.claims.push({ orderId, began, ended: log.tick(), result });
    if (result.verdict !== 'taken') return;
    log.calls.push({ orderId, attempt: result.attempt, at: log.tick(), effect: 'executed' });
    broker.place({ orderId, quantity: result.quantity, needsApproval: false });
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

async function endOpen(world: PositionWorld): Promise<void> {
  for (const order of await listOpen(world)) {
    world.broker.decide(order.id, true);
    world.broker.fill(order.id);
    await attempt(world, 'drain', async () => await showOrder(world, { order, overlooks: false }));
  }
}

/** Absent is final, unless the broker has the order. */
async function hasUnfinished({ db, accountId, broker }: PositionWorld): Promise<boolean> {
  const orders = await db
    .selectFrom('orders')
    .select(['id', 'status'])
    .where('account_id', '=', accountId)
    .where('status', 'in', [
      ...(['queued', 'submitting', 'accepted', 'awaiting_approval'] as const),
      ...(['indeterminate', 'absent'] as const),
    ])
    .execute();
  if (orders.some(({ id, status }) => status !== 'absent' || broker.find(id) !== undefined)) {
    return true;
  }
  const closing = await db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select('closings.id')
    .where('si.account_id', '=', accountId)
    .where('closings.status', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return closing !== undefined;
}
