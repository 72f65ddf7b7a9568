import {
  type AccountRow,
  listAccounts,
  markSessionAlive,
  recordAccountMode,
} from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { takeTurn } from '@orderlane/db/work-leases';
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
  askClientOrderIds(account: AccountRow): Promise<void>;
}

/**
 * Pings accounts whose session is dead until it answers, and looks at the mode of the others. Each
 * account is one scheduler's at a time.
 * @param isModeDue false: only of accounts whose mode is not known yet
 */
export async function watchAccounts(deps: WatchAccountsDeps, isModeDue: boolean): Promise<void> {
  for (const account of await listAccounts(deps.db)) {
    if (account.session_dead_at !== null) await startProbe(deps, account);
    else if (isModeDue || account.mode === null) {
      await startModeCheck(deps, account);
      if (account.paused_at === null) {
        deps.tasks.run(async () => await deps.askClientOrderIds(account));
      }
    }
  }
}

async function startProbe(deps: WatchAccountsDeps, account: AccountRow): Promise<void> {
  const turn = { work: 'session_probe', item: account.id, everyMs: deps.probeMs };
  if (await takeTurn(deps.db, turn)) deps.tasks.run(async () => await probe(deps, account));
}

async function startModeCheck(deps: WatchAccountsDeps, account: AccountRow): Promise<void> {
  const turn = { work: 'mode_check', item: account.id, everyMs: deps.modeMs };
  if (await takeTurn(deps.db, turn)) deps.tasks.run(async () => await checkMode(deps, account));
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
