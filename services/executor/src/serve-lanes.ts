import { setImmediate } from 'node:timers/promises';
import { type AccountRow, listAccountsOf } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId } from '@orderlane/domain/ids';
import { type Lane, type LaneOfAccount, laneName } from '@orderlane/domain/lane';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { lookEveryMs } from '@orderlane/queue/busy-lanes';
import { chooseExecutors } from '@orderlane/queue/choose-executors';
import type { Lanes } from '@orderlane/queue/lanes';
import { type Repeated, repeat } from '@orderlane/runtime/repeat';
import { type OpenLane, type OpenLaneDeps, openLane } from './open-lane.ts';

export interface ServeLanesDeps extends OpenLaneDeps {
  db: Db;
  lanes: Pick<Lanes, 'busy' | 'waiting' | 'writeLimits'>;
  /** Names this process among the executors. */
  executor: string;
  /** A lane on which nothing was added for so long, and nothing waits, is let go (ms). */
  keepMs: number;
  /** How often the accounts of lanes that are served are read again, and the lanes watched (ms). */
  refreshMs: number;
  limitsOf(account: AccountRow): AccountLimits;
  /** Nothing can be sent: every order is looked up and claimed in Postgres. */
  isPostgresAway(): boolean;
  report: OpenLaneDeps['report'] & {
    left(lane: Lane, accountId: AccountId): void;
    /** A lane takes no jobs though some wait: only a new process is sure to help. */
    laneSilent(lane: Lane, accountId: AccountId): void;
  };
}

export interface ServedLanes extends AsyncDisposable {
  /** Something changed: look now. */
  soon(): void;
}

/** The lanes that this process serves. */
interface Serving {
  open: Map<string, OpenLane>;
  /** Lanes that were let go, until their last job is done. */
  closing: Set<Promise<void>>;
  /** It may be among the executors. */
  isNamed: boolean;
}

/**
 * Serves the busy lanes of the accounts that are this executor's, and lets go of them when they were idle
 * for a while or are another's: a lane on which nothing happens costs nothing. While it does not reach Postgres
 * it serves none and is no executor.
 */
export async function serveLanes(deps: ServeLanesDeps): Promise<ServedLanes> {
  const serving: Serving = { open: new Map(), closing: new Set(), isNamed: false };
  const onError = deps.report.laneFailed;
  const look = async () => await lookAround(deps, serving);
  // So that it is among the executors when it is called ready.
  await look().catch(onError);
  const loops = [
    repeat({ everyMs: lookEveryMs, run: look, onError }),
    repeat({ everyMs: deps.refreshMs, run: async () => await refresh(deps, serving), onError }),
  ] as const;
  return {
    soon: () => {
      // A look under way may itself wait for Postgres.
      if (deps.isPostgresAway()) letGo(deps, serving).catch(onError);
      loops[0].soon();
    },
    async [Symbol.asyncDispose]() {
      await stopAll(loops);
      // Without Redis nobody is told: the others notice by themselves.
      await deps.lanes.busy.leave(deps.executor).catch(() => undefined);
      for (const lane of serving.open.values()) close(deps, serving, lane);
      await Promise.all(serving.closing);
    },
  };
}

async function stopAll(loops: readonly Repeated[]): Promise<void> {
  await Promise.all(loops.map(async (loop) => await loop[Symbol.asyncDispose]()));
}

/** One look: serve what is this executor's now, and nothing else. */
async function lookAround(deps: ServeLanesDeps, serving: Serving): Promise<void> {
  if (deps.isPostgresAway()) {
    await letGo(deps, serving);
    return;
  }
  const { executor, keepMs } = deps;
  serving.isNamed = true;
  const { executors, lanes } = await deps.lanes.busy.look({ executor, keepMs });
  const mine = lanes.filter(({ accountId }) =>
    chooseExecutors(accountId, executors).includes(executor),
  );
  const names = new Set(mine.map(({ lane, accountId }) => laneName(lane, accountId)));
  for (const lane of serving.open.values()) {
    if (!names.has(lane.name)) close(deps, serving, lane);
  }
  const missing = mine.filter(
    ({ lane, accountId }) => !serving.open.has(laneName(lane, accountId)),
  );
  if (missing.length > 0) await openAll(deps, serving, missing);
}

/** The others serve all lanes, as if this executor had stopped, until a look finds Postgres again. */
async function letGo(deps: ServeLanesDeps, serving: Serving): Promise<void> {
  for (const lane of serving.open.values()) close(deps, serving, lane);
  if (!serving.isNamed) return;
  await deps.lanes.busy.leave(deps.executor);
  serving.isNamed = false;
}

async function openAll(
  deps: ServeLanesDeps,
  serving: Serving,
  missing: readonly LaneOfAccount[],
): Promise<void> {
  const accounts = await readAccounts(deps, missing);
  // A lane without its own pace would hand out its backlog at once.
  await writeLimits(deps, accounts);
  if (deps.isPostgresAway()) return;
  for (const [index, { lane, accountId }] of missing.entries()) {
    const account = accounts.get(accountId);
    if (account === undefined) continue;
    // Opening a thousand takes seconds: what was opened first goes to work meanwhile.
    if (index % 20 === 19) await setImmediate();
    const opened = openLane(deps, { lane, account });
    serving.open.set(opened.name, opened);
  }
}

function close(deps: ServeLanesDeps, serving: Serving, lane: OpenLane): void {
  serving.open.delete(lane.name);
  const closed = lane.served
    .close()
    .then(() => deps.report.left(lane.lane, lane.accountId))
    .catch(deps.report.laneFailed)
    .finally(() => void serving.closing.delete(closed));
  serving.closing.add(closed);
}

async function readAccounts(
  { db }: ServeLanesDeps,
  lanes: Iterable<LaneOfAccount>,
): Promise<Map<AccountId, AccountRow>> {
  const ids = new Set([...lanes].map(({ accountId }) => accountId));
  const accounts = await listAccountsOf(db, [...ids]);
  return new Map(accounts.map((account) => [account.id, account]));
}

async function writeLimits(
  { lanes, limitsOf }: ServeLanesDeps,
  accounts: ReadonlyMap<AccountId, AccountRow>,
): Promise<void> {
  const written = [...accounts.values()].map(
    async (account) => await lanes.writeLimits(account.id, limitsOf(account)),
  );
  await Promise.all(written);
}

/** Follows changes of the accounts, writes what a wiped Redis lost, and watches the lanes. */
async function refresh(deps: ServeLanesDeps, serving: Serving): Promise<void> {
  const accounts = await readAccounts(deps, serving.open.values());
  for (const lane of serving.open.values()) {
    lane.account = accounts.get(lane.accountId) ?? lane.account;
  }
  await writeLimits(deps, accounts);
  for (const lane of serving.open.values()) await watchLane(deps, lane);
}

/** Tells of a lane on which jobs wait while this process, with room for them, takes none. */
async function watchLane(deps: ServeLanesDeps, watched: OpenLane): Promise<void> {
  const { lane, accountId, served, isSilent } = watched;
  const activity = {
    waiting: await deps.lanes.waiting(lane, accountId),
    active: served.active(),
    concurrency: deps.concurrency[lane],
    lastTakenAtMs: served.lastTakenAtMs(),
    nowMs: performance.now(),
  };
  if (isSilent(activity)) deps.report.laneSilent(lane, accountId);
}
