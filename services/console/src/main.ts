import { openDb } from '@orderlane/db/open-db';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { openRateLimitRedis } from '@orderlane/queue/rate-limit';
import { ConfigError } from '@orderlane/runtime/config-error';
import { runService, type ServiceParts } from '@orderlane/runtime/run-service';
import { SecretBoxError } from '@orderlane/runtime/secret-box';
import { serveApp } from '@orderlane/runtime/serve-app';
import { type ConsoleDeps, createConsoleApp } from './app.ts';
import { openFirstSignIn } from './auth/first-sign-in.ts';
import { configSchema } from './config.ts';
import { createConsoleDeps } from './create-console-deps.ts';

type Parts = ServiceParts<typeof configSchema.shape>;

const poolSize = 10;

await runService({ name: 'console', configSchema }, start);

async function start(parts: Parts): Promise<void> {
  const { config, log, started } = parts;
  const deps = await openDeps(parts);
  const firstSignIn = await openFirstSignIn(deps, config);
  if (firstSignIn !== undefined) {
    const url = `${config.CONSOLE_URL ?? `http://127.0.0.1:${config.CONSOLE_PORT}`}${firstSignIn}`;
    log.warn({ event: 'first_sign_in', url }, `nobody can sign in yet: open ${url} within a day`);
  }
  const served = await serveApp({
    app: createConsoleApp(deps),
    host: config.CONSOLE_HOST,
    port: config.CONSOLE_PORT,
    portVariable: 'CONSOLE_PORT',
  });
  started.use(served);
}

async function openDeps(parts: Parts): Promise<ConsoleDeps> {
  const { config, log, started, shutdown } = parts;
  if (config.ADMIN_PASSWORD !== undefined && config.ADMIN_EMAIL === undefined) {
    const problem = 'is missing: ADMIN_PASSWORD alone makes no administrator';
    throw new ConfigError([{ variable: 'ADMIN_EMAIL', problem }]);
  }
  const warn = (event: string, text: string) => (err: unknown) => log.warn({ event, err }, text);
  const { db, close } = openDb({
    databaseUrl: config.DATABASE_URL,
    poolSize,
    onConnectionError: warn('postgres_connection_lost', 'a connection to Postgres broke'),
  });
  started.defer(close);
  const place = { redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX };
  const onRedisError = warn('redis_unreachable', 'Redis does not answer');
  const redis = openRedis(place, onRedisError);
  started.defer(() => closeRedis(redis));
  const limitRedis = openRateLimitRedis(place, onRedisError);
  started.defer(() => closeRedis(limitRedis));
  try {
    return await createConsoleDeps({ config, db, redis, limitRedis, log, shutdown });
  } catch (error) {
    throw error instanceof SecretBoxError ? wrongKey(error) : error;
  }
}

function wrongKey(error: SecretBoxError): ConfigError {
  const problem = `is not the key of this database. ${error.message}`;
  return new ConfigError([{ variable: 'ORDERLANE_SECRET_KEY', problem }], error);
}
