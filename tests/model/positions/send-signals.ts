import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabaseClock } from '@orderlane/db/database-clock';
import { findWebhookTarget } from '@orderlane/db/webhook-target';
import { newId } from '@orderlane/runtime/new-id';
import { type AcceptSignalDeps, acceptSignal } from '@orderlane/signals/accept-signal';
import { at, attempt } from '../clients/world.ts';
import { type SayScript, strategies } from './script.ts';
import { market, marketTime, type PositionWorld } from './world.ts';

const entryMaxAgeMs = 700;
const within = { level: 'within', isFirstOver: false, retryAfterS: 0 } as const;

/** A sender's client: an ingress, that decides by what is held and stores. */
export async function sendSignals(world: PositionWorld, says: readonly SayScript[]): Promise<void> {
  for (const say of says) {
    await sleep(say.pauseMs);
    await attempt(world, 'accept', async () => await sendOne(world, say));
  }
}

async function sendOne(world: PositionWorld, say: SayScript): Promise<void> {
  const began = world.log.tick();
  await acceptSignal(depsOf(world, began), {
    webhookId: at(world.webhookIds, say.strategy),
    path: '/strategy/webhook',
    sender: null,
    contentType: 'application/json',
    idempotencyKey: null,
    body: { ok: true, bytes: Buffer.from(JSON.stringify(bodyOf(say))) },
    rate: within,
    takenAt: 0,
    cameAfter: 0,
    msLeft: () => 60_000,
  });
}

function depsOf(world: PositionWorld, began: number): AcceptSignalDeps {
  const { db, log, jobs } = world;
  return {
    db,
    targets: {
      get: async (webhookId) => await findWebhookTarget(db, webhookId),
      forget: () => undefined,
    },
    signalStore: world.signalStore,
    databaseClock: createDatabaseClock({ db, monotonicNow: () => performance.now(), maxAgeMs: 0 }),
    readMarket: async () => await Promise.resolve(market),
    exitRateLimit: { count: async () => await Promise.resolve(within) },
    now: () => marketTime,
    waitedTooLong: () => false,
    newId,
    entryMaxAgeMs,
    intervalMs: () => ({ regular: 0, smart: 0 }),
    enqueue: (orders) => jobs.add(orders.map(({ id }) => id)),
    onStored: ({ plans, stored }) => {
      const queued = plans.filter((_plan, index) => stored.results[index]?.result === 'queued');
      log.stores.push({ began, ended: log.tick(), orderIds: queued.map(({ id }) => id) });
    },
  };
}

/** The words of a LONG, a SHORT or a BOTH strategy's sender. */
function bodyOf(say: SayScript): Record<string, unknown> {
  const { mode, symbols } = at(strategies, say.strategy);
  const symbol = at<string>(symbols, say.symbol);
  const isShort = mode === 'SHORT' || (mode === 'BOTH' && say.turns);
  const action = say.enters === isShort ? 'SELL' : 'BUY';
  const size = mode === 'BOTH' ? (say.size ?? 10) : say.size;
  const signed = size === null ? {} : { position_size: isShort ? -size : size };
  return { symbol, action, ...signed };
}
