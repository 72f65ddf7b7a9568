import { setTimeout as sleep } from 'node:timers/promises';
import { brandIds } from '@orderlane/domain/ids';
import { newId } from '@orderlane/runtime/new-id';
import { closeUnasked } from '@orderlane/scheduler/close-unasked';
import { createTasks } from '@orderlane/scheduler/tasks';
import { type WorkClosingsDeps, workClosings } from '@orderlane/scheduler/work-closings';
import { at } from '../clients/world.ts';
import type { ClosingTurn } from './script.ts';
import { market, marketTime, netOf, type PositionWorld } from './world.ts';

/** The waiting times of the design, divided so that each of them ends many times in a run. */
const times = {
  restMs: 40,
  retryMs: 60,
  proofGapMs: 5,
  unprovedMs: 200,
  lookAgainMs: 10,
  watchMs: 15,
};

const LEASE_MS = 80;

/** The process that worked on a closing is no more. */
class Died extends Error {}

/** A scheduler: closings step by step, and those that nobody asked for. */
export async function workOnClosings(
  world: PositionWorld,
  turns: readonly ClosingTurn[],
): Promise<void> {
  for (let count = 0; !world.isOver; count++) {
    const turn = at(turns, count);
    await sleep(turn.pauseMs);
    await takeTurn(world, turn);
  }
}

export async function takeTurn(world: PositionWorld, turn: ClosingTurn): Promise<void> {
  const onFault = (error: unknown) => {
    if (!(error instanceof Died)) world.log.faults.push({ doing: 'close', error });
  };
  const tasks = createTasks(onFault);
  const deps = { ...depsOf(world, turn), tasks, onFault };
  await workClosings(deps).catch(onFault);
  await tasks[Symbol.asyncDispose]();
  await closeUnasked(deps).catch(onFault);
}

function depsOf(
  world: PositionWorld,
  turn: ClosingTurn,
): Omit<WorkClosingsDeps, 'tasks' | 'onFault'> {
  const live = () => {
    if (turn.dies) throw new Died();
  };
  return {
    ...market,
    db: world.db,
    times,
    newId,
    now: () => marketTime,
    worker: newId(),
    leaseMs: LEASE_MS,
    look: async () => {
      live();
      return await lookAtBroker(world, turn.books);
    },
    cancel: async (_closing, brokerOrderId) => {
      live();
      cancel(world, { brokerOrderId, how: turn.cancel });
      await Promise.resolve();
    },
    enqueue: async (orders) => {
      live();
      world.jobs.add(orders.map(({ id }) => id));
      await Promise.resolve();
    },
    onEnded: ({ closing: { id: closingId }, status }) => {
      world.endings.push({ closingId, status, at: world.log.tick() });
    },
  };
}

async function lookAtBroker(world: PositionWorld, books: ClosingTurn['books']) {
  const net = await netOf(world);
  const isSilent = books === 'silent';
  return {
    shown: ({ symbol }: { symbol: string }) => (isSilent ? null : (net.get(symbol) ?? 0)),
    traded: ({ symbol }: { symbol: string }) => (isSilent ? null : (net.get(symbol) ?? null)),
    isQuietlyEmpty: false,
  };
}

function cancel(
  { broker }: PositionWorld,
  { brokerOrderId, how }: { brokerOrderId: string; how: ClosingTurn['cancel'] },
): void {
  const orderId = brandIds.order(brokerOrderId.slice('B-'.length));
  if (how === 'ends') broker.cancel(orderId);
  if (how === 'crosses_fill') broker.fill(orderId);
}
