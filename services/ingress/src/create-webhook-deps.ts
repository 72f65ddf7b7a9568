import { createDatabaseClock } from '@orderlane/db/database-clock';
import type { Db } from '@orderlane/db/open-db';
import { findWebhookTarget } from '@orderlane/db/webhook-target';
import { intervalsOf } from '@orderlane/queue/account-limits';
import type { Lanes } from '@orderlane/queue/lanes';
import { createRateLimit } from '@orderlane/queue/rate-limit';
import type { Log } from '@orderlane/runtime/log';
import { newId } from '@orderlane/runtime/new-id';
import { createMarket, type LiveMarket } from '@orderlane/signals/market';
import { createSignalStore } from '@orderlane/signals/store-together';
import { logStored, raiseStoredAlerts } from '@orderlane/signals/tell';
import type { Redis } from 'ioredis';
import type { IngressConfig } from './config.ts';
import { type Aside, createEnqueuer } from './enqueue.ts';
import type { IngressMetrics } from './ingress-metrics.ts';
import { createStrategyCache, type StrategyCache } from './strategy-cache.ts';
import type { WaitedCalls } from './waited-calls.ts';
import type { WebhookDeps } from './webhook.ts';

export interface WebhookParts {
  config: Pick<
    IngressConfig,
    | 'WEBHOOK_RATE_LIMIT'
    | 'ORDER_RATE_LIMIT'
    | 'SMART_ORDER_RATE_LIMIT'
    | 'ENTRY_MAX_AGE'
    | 'WEBHOOK_ANSWER_WITHIN_MS'
    | 'REDIS_PREFIX'
    | 'TRUSTED_PROXIES'
  >;
  db: Db;
  /** For the rate limits. */
  redis: Redis;
  lanes: Lanes;
  log: Log;
  aside: Aside;
  metrics: IngressMetrics;
  /** On the clock of performance.now(). */
  waited: Pick<WaitedCalls, 'cameAfter' | 'waitedTooLong'>;
  now(): Temporal.ZonedDateTime;
}

const maxBodyBytes = 64 * 1024;
const targetMaxAgeMs = 10_000;
const databaseClockMaxAgeMs = 30_000;

/** While one waits for the disk another computes, and a third gathers. */
const commitsAtOnce = 3;

/** Ties the use case to its parts; `main.ts` and the tools that play cases share it. */
export function createWebhookDeps(
  parts: WebhookParts,
): WebhookDeps & LiveMarket & { targets: StrategyCache } {
  const { config, db, log } = parts;
  const targets = createStrategyCache({
    load: async (webhookId) => await findWebhookTarget(db, webhookId),
    monotonicNow: () => performance.now(),
    maxAgeMs: targetMaxAgeMs,
  });
  const limiter = (name: string) =>
    createRateLimit({
      redis: parts.redis,
      prefix: `${config.REDIS_PREFIX}:${name}`,
      rates: config.WEBHOOK_RATE_LIMIT,
    });
  const databaseClock = createDatabaseClock({
    db,
    monotonicNow: () => performance.now(),
    maxAgeMs: databaseClockMaxAgeMs,
  });
  return {
    db,
    log,
    ...createMarket({ db, monotonicNow: () => performance.now() }),
    databaseClock,
    signalStore: createSignalStore({ db, commitsAtOnce }),
    targets,
    maxBodyBytes,
    answerWithinMs: config.WEBHOOK_ANSWER_WITHIN_MS,
    trustedProxies: config.TRUSTED_PROXIES,
    newId,
    now: parts.now,
    cameAfter: () => parts.waited.cameAfter(),
    waitedTooLong: (cameAfter) => parts.waited.waitedTooLong(cameAfter),
    rateLimit: limiter('calls'),
    exitRateLimit: limiter('exits'),
    unknownRateLimit: limiter('unknown'),
    entryMaxAgeMs: config.ENTRY_MAX_AGE,
    intervalMs: ({ account }) => intervalsOf(config, account),
    onAnswered: parts.metrics.answered,
    ...afterStore(parts),
  };
}

/** What follows a commit, beside the answer. */
function afterStore({
  db,
  log,
  lanes,
  aside,
  metrics,
}: WebhookParts): Pick<WebhookDeps, 'enqueue' | 'onStored'> {
  const enqueue = createEnqueuer({ lanes, aside });
  return {
    enqueue: (orders, voided) => {
      const storedAt = performance.now();
      const onAdded = () => metrics.queued(performance.now() - storedAt);
      enqueue({ orders, voided, ...(orders.length > 0 && { onAdded }) });
    },
    onStored: (call) => {
      metrics.stored(call, performance.now() - call.takenAt);
      logStored(log, call);
      aside.run(async () => await raiseStoredAlerts(db, call));
    },
  };
}
