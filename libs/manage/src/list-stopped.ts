import { accountBrakes } from '@orderlane/db/account-brakes';
import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { findLastAudit } from '@orderlane/db/audit';
import { countOrdersUnder } from '@orderlane/db/braked-orders';
import type { NamedBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import { findOpenRestore, isRestored } from '@orderlane/db/restores';
import type { Brake } from '@orderlane/domain/brakes';
import { type FoundTarget, listBrakesInReach, targetOf } from './brake-target.ts';
import { isInReach, type Manager } from './manager.ts';

/** What ends a brake: a person's word, or OpenAlgo's broker login. */
export type Release = 'restore_release' | 'resume' | 'account_resume' | 'account_trading_on' | null;

/** Something that is stopped now. */
export interface StoppedThing {
  target: FoundTarget;
  brake: Brake;
  since: Date | null;
  by: string | null;
  reason: string | null;
  waitingEntries: number;
  waitingExits: number;
  release: Release;
}

/** All that is stopped, since when, by whom and why, and what waits there. */
export async function listStopped(
  manager: Pick<Manager, 'db' | 'tenant'>,
): Promise<StoppedThing[]> {
  const { db } = manager;
  const stopped = await ofRestore(db);
  for (const brake of await listBrakesInReach(manager)) stopped.push(await ofKillSwitch(db, brake));
  const accounts = (await listAccounts(db)).filter(({ user_id }) => isInReach(manager, user_id));
  for (const account of accounts) stopped.push(...(await ofAccount(db, account)));
  return stopped;
}

async function ofRestore(db: Db): Promise<StoppedThing[]> {
  if (!(await isRestored(db))) return [];
  const target: FoundTarget = { scope: 'everything', id: 0, label: 'everything' };
  const restore = await findOpenRestore(db);
  const upTo = restore?.backup_at?.toISOString() ?? 'an unknown instant';
  return [
    {
      target,
      brake: 'restored',
      since: restore?.found_at ?? null,
      by: null,
      reason: `the database was restored; it remembers what happened up to ${upTo}`,
      ...(await waitingUnder(db, target)),
      release: 'restore_release',
    },
  ];
}

async function ofKillSwitch(db: Db, brake: NamedBrake): Promise<StoppedThing> {
  const target = targetOf(brake);
  return {
    target,
    brake: brake.strength,
    since: brake.set_at,
    by: brake.set_by,
    reason: brake.reason,
    ...(await waitingUnder(db, target)),
    release: 'resume',
  };
}

async function ofAccount(db: Db, account: AccountRow): Promise<StoppedThing[]> {
  const active = accountBrakes(account);
  if (active.length === 0) return [];
  const { id, name } = account;
  const target: FoundTarget = { scope: 'account', id, label: `account "${name}"` };
  const waiting = await waitingUnder(db, target);
  const stopped: StoppedThing[] = [];
  for (const brake of active) {
    stopped.push({ target, brake, ...waiting, ...(await storyOf(db, { account, brake })) });
  }
  return stopped;
}

async function storyOf(
  db: Db,
  { account, brake }: { account: AccountRow; brake: Brake },
): Promise<Pick<StoppedThing, 'since' | 'by' | 'reason' | 'release'>> {
  if (brake === 'account_paused') {
    const about = { what: 'account.pause', subject: `account ${account.id}` };
    const pause = await findLastAudit(db, about);
    const { paused_at: since, pause_reason: reason } = account;
    return { since, by: pause?.who ?? null, reason, release: 'account_resume' };
  }
  if (brake === 'trading_off') {
    const reason = 'its owner has not said yet that it may trade';
    return { since: account.created_at, by: null, reason, release: 'account_trading_on' };
  }
  const reason = 'OpenAlgo refuses the key: is its broker signed in?';
  return { since: account.session_dead_at, by: 'OpenAlgo', reason, release: null };
}

async function waitingUnder(db: Db, target: FoundTarget) {
  const { heldEntries: waitingEntries, heldExits: waitingExits } = await countOrdersUnder(
    db,
    target,
  );
  return { waitingEntries, waitingExits };
}
