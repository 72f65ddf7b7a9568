import { countDoubtfulOrders } from '@orderlane/db/doubtful-orders';
import { isRestored } from '@orderlane/db/restores';
import { count } from '@orderlane/manage/brake-words';
import { ManageError } from '@orderlane/manage/manage-error';
import * as restores from '@orderlane/manage/release-restore';
import type { Answer, Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Lets a restored database trade again. @throws ManageError not_restored; CliError confirmation_missing */
export async function releaseRestore(
  cli: Cli,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<Answer> {
  if (!isConfirmed) await confirm(cli, 'release the restore', await warning(cli));
  const { restore, met } = await inTransaction(cli, restores.releaseRestored);
  const exits = count(met.freeExits, 'exit');
  const text = `Restore ${restore.id} is released: orders are sent again, ${exits} that came meanwhile go out now`;
  return { data: { ...restores.restoreData(restore), exits_going_out: met.freeExits }, text };
}

async function warning(cli: Cli): Promise<string> {
  const undecided = await withDb(cli, async (db) => {
    if (!(await isRestored(db))) throw new ManageError('not_restored');
    return await countDoubtfulOrders(db);
  });
  const parts = [
    'What was traded since the backup, this database does not know: its positions are those of the backup.',
    'Compare them with the broker first (orderlane restore), and correct them (orderlane positions set).',
    ...(undecided > 0
      ? [`Of ${count(undecided, 'order')} it is not known whether the broker has it.`]
      : []),
  ];
  return parts.join('\n');
}

/** Halts a database that looks like the one it was copied from. @throws CliError confirmation_missing */
export async function markRestored(
  cli: Cli,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<Answer> {
  if (!isConfirmed) {
    const why =
      'Nothing is sent from this database any more until it is released; queued entries become void.';
    await confirm(cli, 'mark as restored', why);
  }
  const restore = await inTransaction(cli, restores.markRestoredDatabase);
  const text = `Restore ${restore.id} is marked: nothing is sent before "restore release"`;
  return { data: restores.restoreData(restore), text };
}
