import {
  type AccountRow,
  listAccounts,
  markSessionAlive,
  recordAccountMode,
} from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { takeTurns } from '@orderlane/db/work-leases';
import type { AccountId } from '@orderlane/domain/ids';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Enquiries } from '@orderlane/openalgo/enquiries';
import type { Tasks } from './tasks.ts';

export interface WatchAccountsDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Enquiries, 'ping' | 'analyzer'>;
  tasks: Tasks;
  /** Between two pings of an account whose session is dead (ms). */
  probeMs: number;
  /** Between two looks at the mode of one whose session lives (ms). */
  modeMs: number;
  /** For one call (ms). */
  timeoutMs: number;
  onSessionDead(accountId: AccountId): Promise<void>;
  onSessionAlive(accountId: AccountId): void;
  /** See `askClientOrderIds`. */
  askClientOrderIds(accounts: readonly AccountRow[]): Promise<void>;
}

/**
 * Pings accounts whose session is dead until it answers, and looks at the mode of the others. Each
 * account is one scheduler's at a time.
 * @param isModeDue false: only of accounts whose mode is not known yet
 */
export async function watchAccounts(deps: WatchAccountsDeps, isModeDue: boolean): Promise<void> {
  const accounts = await listAccounts(deps.db);
  const dead = accounts.filter(({ session_dead_at: deadAt }) => deadAt !== null);
  const due = accounts.filter(
    ({ session_dead_at: deadAt, mode }) => deadAt === null && (isModeDue || mode === null),
  );
  const probes = { work: 'session_probe', everyMs: deps.probeMs };
  await startEach(deps, { ...probes, accounts: dead, start: probe });
  const checks = { work: 'mode_check', everyMs: deps.modeMs };
  await startEach(deps, { ...checks, accounts: due, start: checkMode });
  const asked = due.filter(({ paused_at: pausedAt }) => pausedAt === null);
  deps.tasks.run(async () => await deps.askClientOrderIds(asked));
}

/** Begins it for each account whose turn it is. */
async function startEach(
  deps: WatchAccountsDeps,
  args: {
    work: string;
    everyMs: number;
    accounts: readonly AccountRow[];
    start(deps: WatchAccountsDeps, account: AccountRow): Promise<void>;
  },
): Promise<void> {
  const { work, everyMs, accounts, start } = args;
  const taken = await takeTurns(deps.db, { work, everyMs, items: accounts.map(({ id }) => id) });
  for (const account of accounts) {
    if (taken.has(account.id)) deps.tasks.run(async () => await start(deps, account));
  }
}

async function probe(deps: WatchAccountsDeps, account: AccountRow): Promise<void> {
  const reply = await deps.clientOf(account).ping({ timeoutMs: deps.timeoutMs });
  if (reply.kind !== 'success') return;
  if (await markSessionAlive(deps.db, account.id)) deps.onSessionAlive(account.id);
}

async function checkMode(deps: WatchAccountsDeps, account: AccountRow): Promise<void> {
  const reply = await deps.clientOf(account).analyzer({ timeoutMs: deps.timeoutMs });
  if (reply.kind === 'success') {
    await recordAccountMode(deps.db, { id: account.id, mode: reply.value.serverMode });
  } else if (reply.cause === 'session_dead') {
    await deps.onSessionDead(account.id);
  }
}
