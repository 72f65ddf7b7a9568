import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId, OrderId } from '@orderlane/domain/ids';
import { type Lane, lanes as laneKinds } from '@orderlane/domain/lane';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import type { RedisPlace } from '@orderlane/queue/connection';
import type { Lanes } from '@orderlane/queue/lanes';
import { type ServedLane, serveLane } from '@orderlane/queue/serve-lane';
import { createSilenceWatch } from './silent-lane.ts';

export interface ServeLanesDeps {
  db: Db;
  lanes: Lanes;
  redisPlace: RedisPlace;
  concurrency: Record<Lane, number>;
  jobLockMs: number;
  stalledCheckMs: number;
  refreshMs: number;
  silentAfterMs: number;
  limitsOf(account: AccountRow): AccountLimits;
  execute(job: { orderId: OrderId; account: AccountRow }): Promise<void>;
  report: {
    served(lane: Lane, accountId: AccountId): void;
    laneFailed(error: unknown): void;
    /** A lane takes no jobs though some wait: only a new process is sure to help. */
    laneSilent(lane: Lane, accountId: AccountId): void;
  };
}

export interface ServedLanes extends AsyncDisposable {
  /** Looks for accounts that were added or changed, now. */
  refresh(): Promise<void>;
}

interface WatchedLane {
  lane: Lane;
  served: ServedLane;
  isSilent: ReturnType<typeof createSilenceWatch>;
}

interface Served {
  /** As last read; what a job runs with. */
  account: AccountRow;
  lanes: WatchedLane[];
}

/** Serves the pair of lanes of every account, and of those that are added later. */
export async function serveLanes(deps: ServeLanesDeps): Promise<ServedLanes> {
  const served = new Map<AccountId, Served>();
  const serve = (account: AccountRow): void => {
    const entry: Served = { account, lanes: [] };
    served.set(account.id, entry);
    entry.lanes = laneKinds.map((lane) => ({
      lane,
      served: openLane(deps, { lane, entry }),
      isSilent: createSilenceWatch(deps.silentAfterMs),
    }));
  };
  const refresh = async () => {
    for (const account of await listAccounts(deps.db)) {
      const known = served.get(account.id);
      if (known === undefined) {
        // The lane's own pace must stand before its first job is taken.
        await deps.lanes.writeLimits(account.id, deps.limitsOf(account));
        serve(account);
      } else {
        known.account = account;
      }
    }
  };
  const watch = async () => {
    await refresh();
    for (const entry of served.values()) await watchLanes(deps, entry);
  };
  await refresh().catch(deps.report.laneFailed);
  const timer = setInterval(() => void watch().catch(deps.report.laneFailed), deps.refreshMs);
  return {
    refresh,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const open = [...served.values()].flatMap(({ lanes }) => lanes);
      await Promise.all(open.map(async (lane) => await lane.served.close()));
    },
  };
}

/** Tells of lanes on which jobs wait while this process, with room for them, takes none. */
async function watchLanes(deps: ServeLanesDeps, { account, lanes }: Served): Promise<void> {
  for (const { lane, served, isSilent } of lanes) {
    const activity = {
      waiting: await deps.lanes.waiting(lane, account.id),
      active: served.active(),
      concurrency: deps.concurrency[lane],
      lastTakenAtMs: served.lastTakenAtMs(),
      nowMs: performance.now(),
    };
    if (isSilent(activity)) deps.report.laneSilent(lane, account.id);
  }
}

function openLane(deps: ServeLanesDeps, args: { lane: Lane; entry: Served }): ServedLane {
  const { lane, entry } = args;
  const { id } = entry.account;
  const opened = serveLane({
    ...deps.redisPlace,
    accountId: id,
    lane,
    concurrency: deps.concurrency[lane],
    lockMs: deps.jobLockMs,
    stalledCheckMs: deps.stalledCheckMs,
    execute: async (orderId) => await deps.execute({ orderId, account: entry.account }),
    onError: deps.report.laneFailed,
  });
  deps.report.served(lane, id);
  return opened;
}
