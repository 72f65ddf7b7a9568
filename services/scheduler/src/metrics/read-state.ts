import { type AccountState, listAccountStates } from '@orderlane/db/account-states';
import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { type AlertBacklog, readAlertBacklog } from '@orderlane/db/alert-backlog';
import { type BrakeCount, countBrakes } from '@orderlane/db/brake-counts';
import { readClock } from '@orderlane/db/clock';
import { clockOffsetMs } from '@orderlane/db/clock-offset';
import {
  type ClosingCount,
  countClosings,
  countSquareOffs,
  type SquareOffCount,
} from '@orderlane/db/closing-counts';
import { type LaneBacklog, listLaneBacklogs } from '@orderlane/db/lane-backlogs';
import { type Db, pingDb } from '@orderlane/db/open-db';
import { countEndedOrders, countOpenOrders, type OrderCount } from '@orderlane/db/order-counts';
import { readServerLoad, type ServerLoad } from '@orderlane/db/server-load';
import type { AccountId } from '@orderlane/domain/ids';
import { type Lane, lanes as laneKinds } from '@orderlane/domain/lane';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { type RedisLoad, readRedisLoad } from '@orderlane/queue/redis-load';
import type { Stores } from '../stores.ts';

/** What Postgres says of the whole system. */
export interface StoredState {
  pingMs: number;
  clockOffsetMs: number;
  load: ServerLoad;
  openOrders: OrderCount[];
  /** Of the last hour. */
  endedOrders: Pick<OrderCount, 'status' | 'lane' | 'orders'>[];
  backlogs: LaneBacklog[];
  accounts: AccountState[];
  limits: { accountId: AccountId; limits: AccountLimits }[];
  /** Of the last day, and what is open. */
  closings: ClosingCount[];
  squareOffs: SquareOffCount[];
  /** Infinity before the first. */
  tickAgoMs: number;
  alerts: AlertBacklog;
  brakes: BrakeCount[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const squareOffsAtMost = 5000;

/**
 * Looks at what is open, and at the last hour or day of what is over: an index leads to each.
 * @throws when Postgres does not answer
 */
export async function readStoredState(
  db: Db,
  args: { unwanted: readonly RefusalCode[]; limitsOf(account: AccountRow): AccountLimits },
): Promise<StoredState> {
  const askedAt = performance.now();
  await pingDb(db);
  const pingMs = performance.now() - askedAt;
  // One after the other: the work of the scheduler needs the connections.
  return {
    pingMs,
    clockOffsetMs: await clockOffsetMs(db),
    load: await readServerLoad(db),
    openOrders: await countOpenOrders(db),
    endedOrders: await countEndedOrders(db, { withinMs: hourMs }),
    backlogs: await listLaneBacklogs(db),
    accounts: await listAccountStates(db),
    limits: (await listAccounts(db)).map((account) => ({
      accountId: account.id,
      limits: args.limitsOf(account),
    })),
    closings: await countClosings(db, { withinMs: dayMs }),
    squareOffs: await countSquareOffs(db, { withinMs: dayMs, atMost: squareOffsAtMost }),
    tickAgoMs: (await readClock(db)).lastTickAgoMs,
    alerts: await readAlertBacklog(db, args),
    brakes: await countBrakes(db),
  };
}

/** What Redis says of itself and of who serves the lanes. */
export interface DispatcherState {
  pingMs: number;
  load: RedisLoad;
  executors: { accountId: AccountId; lane: Lane; count: number }[];
}

/** @throws when Redis does not answer */
export async function readDispatcherState(
  { redis, lanes }: Pick<Stores, 'redis' | 'lanes'>,
  accounts: readonly AccountId[],
): Promise<DispatcherState> {
  const askedAt = performance.now();
  await redis.ping();
  const pingMs = performance.now() - askedAt;
  const load = await readRedisLoad(redis);
  const servers = await lanes.servers();
  const executors = accounts.flatMap((accountId) =>
    laneKinds.map((lane) => ({ accountId, lane, count: servers(lane, accountId) })),
  );
  return { pingMs, load, executors };
}
