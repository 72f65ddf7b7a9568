import { accountBrakes } from '@orderlane/db/account-brakes';
import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { findLastAudit } from '@orderlane/db/audit';
import { countOrdersUnder } from '@orderlane/db/braked-orders';
import { listBrakes, type NamedBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import type { Brake } from '@orderlane/domain/brakes';
import { type FoundTarget, targetOf } from '../brake-target.ts';
import { targetOption } from '../brake-words.ts';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

/** Something that is stopped now. */
interface StoppedThing {
  target: FoundTarget;
  brake: Brake;
  since: Date | null;
  by: string | null;
  reason: string | null;
  waitingEntries: number;
  waitingExits: number;
  /** The command that ends it; null where only OpenAlgo can. */
  release: string | null;
}

const columns: Column<StoppedThing>[] = [
  { title: 'STOPPED', of: ({ target }) => target.label, shrinks: true },
  { title: 'HOW', of: ({ brake }) => brake },
  { title: 'SINCE', of: ({ since }) => since && formatInstant(since) },
  { title: 'BY', of: ({ by }) => by, shrinks: true },
  { title: 'WHY', of: ({ reason }) => reason, shrinks: true },
  { title: 'ENTRIES', of: ({ waitingEntries }) => waitingEntries },
  { title: 'EXITS', of: ({ waitingExits }) => waitingExits },
];

/** All that is stopped, since when, by whom and why, and what waits there. */
export async function showBrakes(cli: Cli): Promise<Answer> {
  const stopped = await withDb(cli, listStopped);
  const text = stopped.length === 0 ? 'Nothing is stopped' : formatTable(columns, stopped);
  return { data: stopped.map(stoppedData), text };
}

async function listStopped(db: Db): Promise<StoppedThing[]> {
  const stopped: StoppedThing[] = [];
  for (const brake of await listBrakes(db)) stopped.push(await ofKillSwitch(db, brake));
  for (const account of await listAccounts(db)) stopped.push(...(await ofAccount(db, account)));
  return stopped;
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
    release: `resume ${targetOption(target)}`,
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
  const { id } = account;
  if (brake === 'account_paused') {
    const pause = await findLastAudit(db, { what: 'account.pause', subject: `account ${id}` });
    const { paused_at: since, pause_reason: reason } = account;
    return { since, by: pause?.who ?? null, reason, release: `account resume ${id}` };
  }
  if (brake === 'trading_off') {
    const reason = 'its owner has not said yet that it may trade';
    return { since: account.created_at, by: null, reason, release: `account trading-on ${id}` };
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

function stoppedData({ target, waitingEntries, waitingExits, ...rest }: StoppedThing) {
  return {
    scope: target.scope,
    id: target.id,
    target: target.label,
    ...rest,
    waiting_entries: waitingEntries,
    waiting_exits: waitingExits,
  };
}
