import { migrate } from '@orderlane/db/migrate';
import { openDb } from '@orderlane/db/open-db';
import { createApp } from '@orderlane/ingress/app';
import { createWebhookDeps } from '@orderlane/ingress/create-webhook-deps';
import { createAside } from '@orderlane/ingress/enqueue';
import { QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { createLogger } from '@orderlane/runtime/log';
import { serveApp } from '@orderlane/runtime/serve-app';
import getPort from 'get-port';
import { startPrivateRedis } from '../../../tests/support/private-redis.ts';
import type { Stage } from './play.ts';

export interface OpenStage extends Stage, AsyncDisposable {
  /** Sets the ingress's trading clock. */
  setNow(now: Temporal.ZonedDateTime): void;
}

/** The real ingress on a Postgres and a Redis of its own, with a clock that the caller sets. */
export async function openStage(): Promise<OpenStage> {
  const stack = new AsyncDisposableStack();
  let now = Temporal.Now.zonedDateTimeISO('Asia/Kolkata');
  const folder = stack.use(await makeTemporaryFolder());
  const postgres = stack.use(
    await startPostgres({ dir: folder.path, port: await getPort(), settings: QUICK_POSTGRES }),
  );
  const databaseUrl = postgres.databaseUrl('postgres');
  await migrate(databaseUrl);
  const opened = openDb({ databaseUrl, poolSize: 5 });
  stack.defer(async () => await opened.close());
  const { redisUrl } = stack.use(await startPrivateRedis());
  const log = createLogger({ service: 'ingress', level: 'fatal' });
  const prefix = 'cases';
  const redis = openRedis({ redisUrl, prefix }, () => undefined);
  stack.defer(() => closeRedis(redis));
  const lanes = createLanes({ redis, prefix });
  stack.defer(async () => await lanes.close());
  const config = {
    WEBHOOK_RATE_LIMIT: [{ count: 100, perMs: 60_000 }],
    ORDER_RATE_LIMIT: [{ count: 10, perMs: 1000 }],
    SMART_ORDER_RATE_LIMIT: [{ count: 1, perMs: 1000 }],
    ENTRY_MAX_AGE: 60_000,
    REDIS_PREFIX: prefix,
  };
  const aside = stack.use(createAside(log));
  const deps = createWebhookDeps({
    config,
    log,
    redis,
    lanes,
    aside,
    db: opened.db,
    now: () => now,
  });
  const app = createApp({ ...deps, log });
  const served = stack.use(
    await serveApp({ app, host: '127.0.0.1', port: 0, portVariable: 'INGRESS_PORT' }),
  );
  return {
    db: opened.db,
    baseUrl: `http://127.0.0.1:${served.port}`,
    setNow: (next) => {
      now = next;
    },
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}
