import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { migrate } from '@orderlane/db/migrate';
import { openDb } from '@orderlane/db/open-db';
import type { Environment } from '@orderlane/runtime/config';
import type { Log } from '@orderlane/runtime/log';
import { createSecretBox, type SecretBox } from '@orderlane/runtime/secret-box';
import { assertPortsFree } from './assert-ports-free.ts';
import { buildWeb } from './build-web.ts';
import type { LocalSettings } from './config.ts';
import { openDataFolder, writeEnvFile } from './data-folder.ts';
import { DEMO_API_KEY, ensureDemo } from './demo.ts';
import { firstSignInUrl } from './first-sign-in.ts';
import { openLocalDatabase, type Server } from './local-database.ts';
import { openLocalRedis } from './local-redis.ts';
import { checkSecretKey, tellOfNewKey } from './renew-secrets.ts';
import { readSecretKeyFile } from './secret-key-file.ts';
import { type LocalService, listPorts, listPortVariables, simulatorUrl } from './services.ts';
import { startService } from './start-service.ts';
import { supervise } from './supervise.ts';
import type { Terminal } from './terminal.ts';

export interface StackDeps {
  settings: LocalSettings;
  log: Log;
  terminal: Terminal;
  /** Takes what was started; stopped in reverse order. */
  started: AsyncDisposableStack;
  /** Aborted when the person asks to stop: nothing more is started. */
  shutdown: AbortSignal;
  /** Aborted when the person asks a second time: what still works is killed. */
  hurry: AbortSignal;
}

/** The stack that runs. */
export interface Stack {
  dataDir: string;
  database: Server;
  redis: Server;
  /** Undefined where no demo is made, because a real OpenAlgo is used. */
  demoWebhookId?: string;
  /** Where the first administrator gets in, as long as there is none. */
  firstSignIn?: string | undefined;
}

/**
 * Brings up the servers, the schema, the demo (with the simulator) and every process, in this order.
 * @throws LocalStackError that says what to mend
 */
export async function startStack(deps: StackDeps, processes: LocalService[][]): Promise<Stack> {
  const { config, environment } = deps.settings;
  const { log, started, shutdown } = deps;
  const dataDir = await openDataFolder(config.DATA_DIR);
  await assertPortsFree(listPorts(config, processes.flat()));
  const secretKey = config.ORDERLANE_SECRET_KEY ?? (await readSecretKeyFile(dataDir));
  const oldKey = config.ORDERLANE_SECRET_KEY_OLD;
  const web = buildWeb({ log, shutdown });
  web.catch(() => undefined);
  log.info('starting Postgres and Redis');
  const database = await openLocalDatabase({ config, log, started });
  shutdown.throwIfAborted();
  const searchPath = environment['PATH'] ?? '';
  const redis = await openLocalRedis({ config, searchPath, log, started });
  shutdown.throwIfAborted();
  await migrate(database.url);
  const variables = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    ORDERLANE_SECRET_KEY: secretKey,
    ...(oldKey !== undefined && { ORDERLANE_SECRET_KEY_OLD: oldKey }),
    ...listPortVariables(config),
  };
  await writeEnvFile(dataDir, variables);
  const stack = { dataDir, database, redis };
  const box = createSecretBox(secretKey, oldKey);
  const demo = await prepareDatabase(deps, { databaseUrl: database.url, box, dataDir });
  const env = {
    ...{ ...environment, ...withoutFiles, ...variables, SIMULATOR_API_KEY: DEMO_API_KEY },
    SIMULATOR_BOOKS_FILE: path.join(dataDir, 'simulator-books.json'),
    // Nothing stands in front of the ingress here.
    STOP_NOTICE_MS: environment['STOP_NOTICE_MS'] ?? '0',
  };
  const said: { firstSignIn?: string } = {};
  await web;
  const listening = { ...deps, terminal: listenForSignIn(deps.terminal, said) };
  for (const group of processes) await startGroup(listening, { group, env });
  return {
    ...stack,
    ...(demo && { demoWebhookId: demo }),
    get firstSignIn() {
      return said.firstSignIn;
    },
  };
}

/** What was read from files once stands in the variables of the processes themselves. */
const withoutFiles = {
  DATABASE_PASSWORD: '',
  DATABASE_PASSWORD_FILE: '',
  DATABASE_URL_FILE: '',
  REDIS_URL_FILE: '',
  ORDERLANE_SECRET_KEY_FILE: '',
  ORDERLANE_SECRET_KEY_OLD_FILE: '',
};

/** Keeps the last address that the console names for the first sign-in. */
function listenForSignIn(terminal: Terminal, said: { firstSignIn?: string }): Terminal {
  return {
    ...terminal,
    show: (name, line) => {
      const url = firstSignInUrl(line);
      if (url !== undefined) said.firstSignIn = url;
      terminal.show(name, line);
    },
  };
}

/** Answers the demo's webhook, where there is a demo. */
async function prepareDatabase(
  { settings: { config, isKeyLost }, log }: StackDeps,
  { databaseUrl, box, dataDir }: { databaseUrl: string; box: SecretBox; dataDir: string },
): Promise<string | undefined> {
  const opened = openDb({ databaseUrl, poolSize: 1 });
  const { db } = opened;
  try {
    const actor = { who: `start:${userInfo().username}`, from: `terminal on ${hostname()}` };
    const isGiven = config.ORDERLANE_SECRET_KEY !== undefined;
    const where = isGiven ? 'ORDERLANE_SECRET_KEY' : path.join(dataDir, 'secret-key');
    const isRenewed = await checkSecretKey({ db, box, actor }, { isKeyLost, where });
    const demo = { db, secretBox: box, actor };
    const webhookId = config.HOST_SERVER ? undefined : await ensureDemo(demo, simulatorUrl(config));
    if (isRenewed) await tellOfNewKey({ db, box, log });
    return webhookId;
  } finally {
    await opened.close();
  }
}

/** All at once; what has started is in the list of what is to be stopped even when another fails. */
async function startGroup(
  deps: StackDeps,
  { group, env }: { group: LocalService[]; env: Environment },
): Promise<void> {
  deps.shutdown.throwIfAborted();
  const starts = group.map(async (service) => await superviseService(deps, { service, env }));
  const results = await Promise.allSettled(starts);
  for (const result of results) if (result.status === 'fulfilled') deps.started.use(result.value);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function superviseService(
  { settings, log, terminal, hurry }: StackDeps,
  { service, env }: { service: LocalService; env: Environment },
): Promise<AsyncDisposable> {
  const { name } = service;
  const port = settings.config[service.portVariable];
  const onLine = (line: string) => terminal.show(name, line);
  const start = async () => await startService({ ...service, port, env, onLine, hurry });
  return await supervise({ name, log, start });
}
