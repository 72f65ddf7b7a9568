import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { listWaitingLanes, type WaitingLane } from '@orderlane/db/unserved-lanes';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { timeOf } from './time-of.ts';

export interface TellUnservedLanesDeps {
  db: Db;
  limitsOf(account: AccountRow): AccountLimits;
  /** Beside what the account's own rate explains (ms). */
  silentMs: number;
}

/** Tells of lanes on which orders wait while nobody takes any: no executor runs, or none gets through. */
export async function tellUnservedLanes(deps: TellUnservedLanesDeps): Promise<void> {
  for (const account of await listAccounts(deps.db)) {
    const patienceMs = deps.silentMs + slowestGapMs(deps.limitsOf(account));
    for (const lane of await listWaitingLanes(deps.db, account)) {
      if (isUnserved(lane, patienceMs)) await tell(deps.db, { account, lane });
    }
  }
}

/** However it is limited, a lane that is served takes an order in this time (ms). */
function slowestGapMs({ gapMs, smartGapMs, windows }: AccountLimits): number {
  return Math.max(gapMs, smartGapMs, ...windows.map(({ windowMs }) => windowMs));
}

function isUnserved({ oldestForMs, servedAgoMs }: WaitingLane, patienceMs: number): boolean {
  return oldestForMs > patienceMs && (servedAgoMs === null || servedAgoMs > patienceMs);
}

async function tell(db: Db, args: { account: AccountRow; lane: WaitingLane }): Promise<void> {
  const { account, lane } = args;
  const served =
    lane.servedAt === null
      ? 'nobody has taken any'
      : `nobody has taken one since ${timeOf(lane.servedAt)}`;
  const orders = lane.waiting === 1 ? '1 order waits' : `${lane.waiting} orders wait`;
  await raiseAlert(db, {
    code: 'lane_unserved',
    subject: `${account.name} ${lane.lane}`,
    accountId: account.id,
    text: `${orders} on the ${lane.lane} lane of "${account.name}", the oldest since ${timeOf(lane.oldestAt)}, and ${served}`,
  });
}
