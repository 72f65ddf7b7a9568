import { listStopped, type StoppedThing } from '@orderlane/manage/list-stopped';
import { targetOption } from '../brake-target.ts';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

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
  const stopped = await withDb(cli, async (db) => await listStopped({ db, tenant: null }));
  const text = stopped.length === 0 ? 'Nothing is stopped' : formatTable(columns, stopped);
  return { data: stopped.map(stoppedData), text };
}

function stoppedData(stopped: StoppedThing) {
  const { target, waitingEntries, waitingExits, ...rest } = stopped;
  return {
    scope: target.scope,
    id: target.id,
    target: target.label,
    ...rest,
    release: releaseOf(stopped),
    waiting_entries: waitingEntries,
    waiting_exits: waitingExits,
  };
}

/** The command that ends it; null where only OpenAlgo can. */
function releaseOf({ release, target }: StoppedThing): string | null {
  switch (release) {
    case 'restore_release':
      return 'restore release';
    case 'resume':
      return `resume ${targetOption(target)}`;
    case 'account_resume':
      return `account resume ${target.id}`;
    case 'account_trading_on':
      return `account trading-on ${target.id}`;
    case null:
      return null;
  }
}
