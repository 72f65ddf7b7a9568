import { migrate } from '@orderlane/db/migrate';
import { openDb } from '@orderlane/db/open-db';
import { QUICK_POSTGRES, startPostgres } from '@orderlane/local/start-postgres';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { freePort } from '../../../tests/support/free-port.ts';
import { openIngress } from '../../../tests/support/ingress.ts';
import { startPrivateRedis } from '../../../tests/support/private-redis.ts';
import { instantOf, type Stage } from './play.ts';

export interface OpenStage extends Stage, AsyncDisposable {
  /** Sets the ingress's trading clock. */
  setNow(now: Temporal.ZonedDateTime): void;
}

/** The real ingress on a Postgres and a Redis of its own, with a clock that the caller sets. */
export async function openStage(): Promise<OpenStage> {
  const stack = new AsyncDisposableStack();
  let now = instantOf('10:00');
  const folder = stack.use(await makeTemporaryFolder());
  const postgres = stack.use(
    await startPostgres({ dir: folder.path, port: await freePort(), settings: QUICK_POSTGRES }),
  );
  const databaseUrl = postgres.databaseUrl('postgres');
  await migrate(databaseUrl);
  const opened = openDb({ databaseUrl, poolSize: 5 });
  stack.defer(async () => await opened.close());
  const { redisUrl } = stack.use(await startPrivateRedis());
  const place = { databaseUrl, redisUrl, redisPrefix: 'cases' };
  const { url } = stack.use(await openIngress({ ...place, now: () => now }));
  return {
    db: opened.db,
    baseUrl: url,
    setNow: (next) => {
      now = next;
    },
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}
