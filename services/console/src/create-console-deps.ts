import { listAccounts } from '@orderlane/db/accounts';
import { type Db, pingDb } from '@orderlane/db/open-db';
import type { Rate } from '@orderlane/domain/rate';
import { limitsOf } from '@orderlane/queue/account-limits';
import { createLanes, type Lanes } from '@orderlane/queue/lanes';
import { createRateLimit } from '@orderlane/queue/rate-limit';
import { createTickQueue } from '@orderlane/queue/tick';
import type { Log } from '@orderlane/runtime/log';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import { createTradingClock } from '@orderlane/runtime/trading-clock';
import { createSignalStore } from '@orderlane/signals/store-together';
import type { Redis } from 'ioredis';
import type { ConsoleDeps } from './app.ts';
import { openAuths } from './auth/open-auth.ts';
import type { ConsoleConfig } from './config.ts';
import { createMoveFeed } from './events/move-feed.ts';
import { createLaneJobs } from './http/lane-jobs.ts';
import type { ManageDeps } from './http/manage-deps.ts';

export interface ConsoleParts {
  config: ConsoleConfig;
  db: Db;
  redis: Redis;
  /** For the rate limits. */
  limitRedis: Redis;
  log: Log;
  /** Aborted before anything is stopped. */
  shutdown: AbortSignal;
}

/**
 * Ties the app to its parts.
 * @throws SecretBoxError when this database's secrets were sealed under another ORDERLANE_SECRET_KEY
 */
export async function createConsoleDeps(parts: ConsoleParts): Promise<ConsoleDeps> {
  const { config, db, redis, log, shutdown } = parts;
  const box = openSecretBox(config);
  const queues = openQueues(parts);
  return {
    db,
    log,
    auths: await openAuths({ db, log, box }),
    box,
    queues,
    lanes: createLaneJobs(queues.lanes, log),
    signalStore: createSignalStore({ db, commitsAtOnce: 1 }),
    outlook: outlookOf(config, queues.lanes),
    moves: createMoveFeed({ db, log }),
    shutdown,
    now: createTradingClock(config.TRADING_CLOCK),
    publicUrl: config.PUBLIC_URL ?? `http://127.0.0.1:${config.INGRESS_PORT}`,
    hostServer: config.HOST_SERVER,
    allowPrivate: config.ALLOW_PRIVATE_OPENALGO,
    entryMaxAgeMs: config.ENTRY_MAX_AGE,
    rates: config,
    checks: {
      postgres: async () => await pingDb(db),
      redis: async () => await redis.ping(),
    },
    signInLimit: createLimit(parts, 'sign-in', config.SIGN_IN_RATE_LIMIT),
    changeLimit: createLimit(parts, 'changes', config.STRATEGY_RATE_LIMIT),
    consoleUrl: config.CONSOLE_URL,
    trustedProxies: config.TRUSTED_PROXIES,
    adminEmail: config.ADMIN_EMAIL,
    signUp: config.SIGN_UP,
  };
}

function openQueues({ config, db, redis }: ConsoleParts) {
  const shared = { redis, prefix: config.REDIS_PREFIX };
  return {
    lanes: createLanes(shared),
    tick: createTickQueue(shared),
    listAccounts: async () => await listAccounts(db),
  };
}

function outlookOf(config: ConsoleConfig, lanes: Lanes): ManageDeps['outlook'] {
  return {
    paceOf: (account) => limitsOf(config, account),
    // Without Redis nothing is sent, whoever is there.
    isServed: async (lane, accountId) => await lanes.isServed(lane, accountId).catch(() => false),
  };
}

function createLimit({ config, limitRedis: redis }: ConsoleParts, name: string, rates: Rate[]) {
  return createRateLimit({ redis, prefix: `${config.REDIS_PREFIX}:${name}`, rates });
}
