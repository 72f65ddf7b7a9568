import type { AccountRow } from '@orderlane/db/accounts';
import type { AccountId, OrderId } from '@orderlane/domain/ids';
import { type Lane, type LaneOfAccount, laneName } from '@orderlane/domain/lane';
import { type LaneToServe, type ServedLane, serveLane } from '@orderlane/queue/serve-lane';
import { createSilenceWatch } from './silent-lane.ts';

export interface OpenLaneDeps {
  /** For what the workers do without blocking. */
  workersRedis: LaneToServe['redis'];
  prefix: string;
  concurrency: Record<Lane, number>;
  jobLockMs: number;
  stalledCheckMs: number;
  silentAfterMs: number;
  execute(job: { orderId: OrderId; account: AccountRow }): Promise<void>;
  report: {
    served(lane: Lane, accountId: AccountId): void;
    laneFailed(error: unknown): void;
  };
}

export interface OpenLane extends LaneOfAccount {
  name: string;
  /** As last read; what a job runs with. */
  account: AccountRow;
  served: ServedLane;
  isSilent: ReturnType<typeof createSilenceWatch>;
}

/** Begins to take jobs of a lane; its own pace must stand before that. */
export function openLane(deps: OpenLaneDeps, args: { lane: Lane; account: AccountRow }): OpenLane {
  const { lane, account } = args;
  const served = serveLane({
    redis: deps.workersRedis,
    prefix: deps.prefix,
    accountId: account.id,
    lane,
    concurrency: deps.concurrency[lane],
    lockMs: deps.jobLockMs,
    stalledCheckMs: deps.stalledCheckMs,
    execute: async (orderId) => await deps.execute({ orderId, account: opened.account }),
    onError: deps.report.laneFailed,
  });
  const opened: OpenLane = {
    ...{ lane, account, served, accountId: account.id, name: laneName(lane, account.id) },
    isSilent: createSilenceWatch(deps.silentAfterMs),
  };
  deps.report.served(lane, account.id);
  return opened;
}
