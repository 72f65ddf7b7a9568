import { once } from 'node:events';
import { recordClientOrderIdLanes } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { takeTurn } from '@orderlane/db/work-leases';
import type { AccountId } from '@orderlane/domain/ids';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import type { Call } from '@orderlane/simulator/calls/call-log';
import type { SimulatorOptions } from '@orderlane/simulator/options';
import { type RunningSimulator, startSimulator } from '@orderlane/simulator/start-simulator';
import { addAccount, testSecretKey } from './accounts.ts';
import { freePort } from './free-port.ts';
import { type FreshParts, freshParts } from './fresh-parts.ts';
import { startProcess, type TestProcess } from './start-process.ts';

/** A Tuesday on which all markets are open. */
const tradingMorning = '2026-02-10T10:00:00+05:30';

const testApiKey = 'test-api-key-0123456789';

type Service = 'ingress' | 'executor' | 'scheduler';

export interface StackOptions {
  simulator?: Partial<SimulatorOptions>;
  /** For every process; waiting times divided, for example. */
  env?: Record<string, string>;
  /** Servers of the test's own, in place of the run's shared ones. */
  parts?: FreshParts;
  /** Where it is not the run's shared one. */
  redisUrl?: string;
  databaseUrl?: string;
}

export interface Stack extends AsyncDisposable {
  readonly parts: FreshParts;
  readonly db: Db;
  readonly simulator: RunningSimulator;
  readonly accountId: AccountId;
  /** Starts one more real process of a service and waits until it is ready. */
  start(service: Service, env?: Record<string, string>): Promise<TestProcess>;
  processes(): readonly TestProcess[];
}

const portVariables: Record<Service, string> = {
  ingress: 'INGRESS_PORT',
  executor: 'EXECUTOR_PORT',
  scheduler: 'SCHEDULER_PORT',
};

/** A fresh database, a simulator that runs in this process, and an account for it. */
export async function openStack(options: StackOptions = {}): Promise<Stack> {
  const stack = new AsyncDisposableStack();
  const parts = stack.use(options.parts ?? (await freshParts()));
  const simulator = await startSimulator({
    apikeys: [testApiKey],
    mode: 'live',
    limits: 'off',
    ...options.simulator,
  });
  stack.defer(async () => await simulator.stop());
  const accountId = await addAccount(parts.db, { baseUrl: simulator.url, apiKey: testApiKey });
  // A question of a scheduler's would meet a fault that a test has for an order.
  if (options.simulator?.clientOrderIds === undefined)
    await knowClientOrderIds(parts.db, accountId);
  const processes: TestProcess[] = [];
  return {
    parts,
    simulator,
    accountId,
    db: parts.db,
    processes: () => processes,
    async start(service, env = {}) {
      const port = await freePort();
      const process = stack.use(
        await startProcess({
          name: service,
          entry: `services/${service}/src/main.ts`,
          port,
          env: {
            DATABASE_URL: options.databaseUrl ?? parts.databaseUrl,
            REDIS_URL: options.redisUrl ?? parts.redisUrl,
            REDIS_PREFIX: parts.redisPrefix,
            ORDERLANE_SECRET_KEY: testSecretKey,
            // What a test does must not depend on the hour at which it runs.
            TRADING_CLOCK: tradingMorning,
            // Nobody here sends callers elsewhere.
            STOP_NOTICE_MS: '0',
            [portVariables[service]]: String(port),
            ...options.env,
            ...env,
          },
        }),
      );
      processes.push(process);
      return process;
    },
    [Symbol.asyncDispose]: async () => {
      const calls = simulator.simulator.calls.list({});
      await stack.disposeAsync();
      expectNothingAccountWide(calls);
    },
  };
}

/** It is known for an hour that OpenAlgo takes no `client_order_id`. */
async function knowClientOrderIds(db: Db, accountId: AccountId): Promise<void> {
  await recordClientOrderIdLanes(db, { id: accountId, lanes: [] });
  await takeTurn(db, { work: 'client_order_ids', item: accountId, everyMs: 3_600_000 });
}

/** closeposition and cancelallorder act on the whole account: no test may ever see one. */
function expectNothingAccountWide(calls: readonly Call[]): void {
  const forbidden = calls.filter(({ endpoint }) => accountWide.has(endpoint));
  if (forbidden.length > 0) throw new Error(`Called: ${forbidden.map(({ path }) => path).join()}`);
}

const accountWide = new Set(['closeposition', 'cancelallorder']);

/** Every queued order, as a sweep would see it. */
export async function queuedOrders(db: Db): Promise<DueOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'account_id', 'lane', 'priority'])
    .where('status', '=', 'queued')
    .orderBy('seq')
    .execute();
  return rows.map(({ id, account_id, lane, priority }) => ({
    id,
    accountId: account_id,
    lane,
    priority,
  }));
}

/** Puts the jobs of these orders on their lanes, as the ingress does. */
export async function enqueueJobs(
  place: { redisUrl: string; redisPrefix: string },
  orders: readonly DueOrder[],
): Promise<void> {
  const { redisUrl, redisPrefix: prefix } = place;
  const redis = openRedis({ redisUrl, prefix }, () => undefined);
  await once(redis, 'ready');
  const lanes = createLanes({ redis, prefix });
  await lanes.add(orders);
  await lanes.close();
  closeRedis(redis);
}
