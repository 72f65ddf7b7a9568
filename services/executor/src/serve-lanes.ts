import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId, OrderId } from '@orderlane/domain/ids';
import { type Lane, lanes as laneKinds } from '@orderlane/domain/lane';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import type { RedisPlace } from '@orderlane/queue/connection';
import type { Lanes } from '@orderlane/queue/lanes';
import { type ServedLane, serveLane } from '@orderlane/queue/serve-lane';

export interface ServeLanesDeps {
  db: Db;
  lanes: Lanes;
  redisPlace: RedisPlace;
  concurrency: Record<Lane, number>;
  jobLockMs: number;
  stalledCheckMs: number;
  refreshMs: number;
  limitsOf(account: AccountRow): AccountLimits;
  execute(job: { orderId: OrderId; account: AccountRow }): Promise<void>;
  report: {
    served(lane: Lane, accountId: AccountId): void;
    laneFailed(error: unknown): void;
  };
}

export interface ServedLanes extends AsyncDisposable {
  /** Looks for accounts that were added or changed, now. */
  refresh(): Promise<void>;
}

interface Served {
  /** As last read; what a job runs with. */
  account: AccountRow;
  lanes: ServedLane[];
}

/** Serves the pair of lanes of every account, and of those that are added later. */
export async function serveLanes(deps: ServeLanesDeps): Promise<ServedLanes> {
  const served = new Map<AccountId, Served>();
  const serve = (account: AccountRow): void => {
    const entry: Served = { account, lanes: [] };
    served.set(account.id, entry);
    entry.lanes = laneKinds.map((lane) => openLane(deps, { lane, entry }));
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
  await refresh().catch(deps.report.laneFailed);
  const timer = setInterval(() => void refresh().catch(deps.report.laneFailed), deps.refreshMs);
  return {
    refresh,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const open = [...served.values()].flatMap(({ lanes }) => lanes);
      await Promise.all(open.map(async (lane) => await lane.close()));
    },
  };
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
