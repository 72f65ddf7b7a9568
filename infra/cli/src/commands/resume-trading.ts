import { countOrdersUnder } from '@orderlane/db/braked-orders';
import type { Db } from '@orderlane/db/open-db';
import { findStopped } from '@orderlane/manage/brake-target';
import { capital, count } from '@orderlane/manage/brake-words';
import * as brakes from '@orderlane/manage/resume-trading';
import { type AskedTarget, readStoppedTarget } from '../brake-target.ts';
import type { Answer, Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { removeJobs } from '../remove-jobs.ts';
import { inTransaction, withDb } from '../with-db.ts';

export interface AskedResume {
  target: AskedTarget;
  /** Entries that waited are not wanted any more, whatever their age. */
  cancelsEntries: boolean;
  isConfirmed: boolean;
}

/** Releases a kill switch. @throws ManageError not_stopped; CliError confirmation_missing */
export async function resumeTrading(cli: Cli, asked: AskedResume): Promise<Answer> {
  if (asked.target.scope === 'everything' && !asked.isConfirmed) {
    await confirm(
      cli,
      'resume everything',
      await withDb(cli, async (db) => await preview(db, asked)),
    );
  }
  const { cancelsEntries } = asked;
  const resumed = await inTransaction(cli, async (manager) => {
    const target = await readStoppedTarget(manager.db, asked.target);
    return await brakes.resumeTrading(manager, { target, cancelsEntries });
  });
  await removeJobs(cli, resumed.cancelled);
  return { data: brakes.resumedData(resumed), text: describe(resumed) };
}

/** What a person should know before the word is given. */
async function preview(db: Db, asked: AskedResume): Promise<string> {
  const stopped = await readStoppedTarget(db, asked.target);
  const target = await findStopped({ db, tenant: null }, stopped);
  const { heldEntries, heldExits } = await countOrdersUnder(db, target);
  const entries = count(heldEntries, 'entry', 'entries');
  const fate = asked.cancelsEntries ? 'are cancelled' : 'go out';
  return `${count(heldExits, 'exit')} that wait go out; ${entries} within their age ${fate}.`;
}

function describe({ target, met, exits, expired, cancelled }: brakes.Resumed): string {
  const going = `${count(met.freeEntries, 'entry', 'entries')} and ${count(met.freeExits, 'exit')}`;
  const lines = [`${capital(target.label)} is released: ${going} go out now`];
  for (const { action, quantity, symbol, strategyName } of exits) {
    lines.push(`  ${action} ${quantity || 'all of'} ${symbol} (${strategyName})`);
  }
  if (cancelled.length > 0) lines.push(`${count(cancelled.length, 'entry', 'entries')} cancelled`);
  if (expired > 0) lines.push(`${count(expired, 'order')} had grown too old: expired`);
  const held = met.heldEntries + met.heldExits;
  if (held > 0) lines.push(`${count(held, 'order')} still wait for another brake: see "brakes"`);
  return lines.join('\n');
}
