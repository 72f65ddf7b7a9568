import { createDatabaseClock } from '@orderlane/db/database-clock';
import type { StoredSignal } from '@orderlane/db/signals';
import { findWebhookTarget } from '@orderlane/db/webhook-target';
import { separateSecret } from '@orderlane/domain/body-secret';
import { brandIds } from '@orderlane/domain/ids';
import { type DefaultRates, intervalsOf } from '@orderlane/queue/account-limits';
import type { RateVerdict } from '@orderlane/queue/rate-limit';
import type { Log } from '@orderlane/runtime/log';
import { newId } from '@orderlane/runtime/new-id';
import { type AcceptSignalDeps, acceptSignal } from '@orderlane/signals/accept-signal';
import { readMarketNow } from '@orderlane/signals/market';
import type { SignalStore } from '@orderlane/signals/store-together';
import { logStored, raiseStoredAlerts } from '@orderlane/signals/tell';
import { callerOf } from '../http/access.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { findTarget } from './try-signal.ts';

export interface ReplayDeps extends ManageDeps {
  log: Log;
  signalStore: SignalStore;
  /** ORDER_RATE_LIMIT, SMART_ORDER_RATE_LIMIT */
  rates: DefaultRates;
}

const withinRate: RateVerdict = { level: 'within', isFirstOver: false, retryAfterS: 0 };
/** A person waits; a statement that is held up for longer trades nothing (ms). */
const storeWithinMs = 5000;

/** A signal that a person sends, or sends again. */
interface SignalByHand {
  strategyId: number;
  /** A `signal_id` that the strategy never had. */
  key: string;
  body: Buffer;
  path: string;
  contentType: string | null;
  note: string;
}

/**
 * Plays a stored signal again, as a new one that comes now.
 * @returns what a sender would be answered
 * @throws ManageError unknown_strategy
 */
export async function replaySignal(
  deps: ReplayDeps,
  context: ConsoleContext,
  { stored, key }: { stored: StoredSignal; key: string },
): Promise<Record<string, unknown>> {
  const { id, strategy_id: strategyId, path, content_type: contentType, body } = stored.signal;
  const note = `Replayed by ${callerOf(context).who} from signal ${id}`;
  return await sendByHand(deps, context, { strategyId, key, body, path, contentType, note });
}

/**
 * Sends a signal as if its sender did: a person's word takes the place of the sender's secret and
 * address.
 * @returns what a sender would be answered
 * @throws ManageError unknown_strategy
 */
export async function sendByHand(
  deps: ReplayDeps,
  context: ConsoleContext,
  { strategyId, key, body, path, contentType, note }: SignalByHand,
): Promise<Record<string, unknown>> {
  const { strategy } = await findTarget(deps, context, brandIds.strategy(strategyId));
  const startedAt = performance.now();
  const answer = await acceptSignal(acceptDeps(deps), {
    webhookId: strategy.webhookId,
    path,
    sender: null,
    contentType,
    idempotencyKey: key,
    // What is kept of a body holds no secret, whoever sent it.
    body: { ok: true, bytes: Buffer.from(separateSecret(body).bytes) },
    rate: withinRate,
    takenAt: startedAt,
    cameAfter: startedAt,
    msLeft: () => startedAt + storeWithinMs - performance.now(),
    note,
  });
  return { http_status: answer.httpStatus, ...answer.body };
}

function acceptDeps(deps: ReplayDeps): AcceptSignalDeps {
  const { db, log, lanes, rates, now, entryMaxAgeMs } = deps;
  const monotonicNow = () => performance.now();
  return {
    db,
    now,
    newId,
    entryMaxAgeMs,
    // Read anew each time: replays are rare.
    targets: {
      get: async (webhookId) => await findWebhookTarget(db, webhookId),
      forget: () => undefined,
    },
    signalStore: deps.signalStore,
    databaseClock: createDatabaseClock({ db, monotonicNow, maxAgeMs: 0 }),
    readMarket: async () => await readMarketNow(db),
    exitRateLimit: { count: async () => await Promise.resolve(withinRate) },
    waitedTooLong: (cameAfter) => performance.now() - cameAfter > storeWithinMs,
    intervalMs: ({ account }) => intervalsOf(rates, account),
    enqueue: (orders, voided) => {
      lanes.wake(orders);
      lanes.drop(voided);
    },
    onStored: (call) => {
      logStored(log, call);
      raiseStoredAlerts(db, call).catch((err: unknown) =>
        log.warn({ event: 'alert_not_stored', err }, 'an alert was not stored'),
      );
    },
  };
}
