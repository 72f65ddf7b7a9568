import { recordAudit } from '@orderlane/db/audit';
import {
  type CancelledEntry,
  cancelEntriesUnder,
  countOrdersUnder,
  expireOrdersUnder,
  type FreeExit,
  listFreeExits,
  type MetOrders,
} from '@orderlane/db/braked-orders';
import { type BrakeRow, holdKillSwitch, releaseBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import { raiseBrakeReleased } from '../brake-alerts.ts';
import { type AskedTarget, type FoundTarget, findStopped } from '../brake-target.ts';
import { brakeData, capital, count } from '../brake-words.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { confirm } from '../confirm.ts';
import { removeJobs } from '../remove-jobs.ts';
import { inTransaction, withDb } from '../with-db.ts';

export interface AskedResume {
  target: AskedTarget;
  /** Entries that waited are not wanted any more, whatever their age. */
  cancelsEntries: boolean;
  isConfirmed: boolean;
}

interface Resumed {
  target: FoundTarget;
  brake: BrakeRow;
  met: MetOrders;
  exits: FreeExit[];
  expired: number;
  cancelled: CancelledEntry[];
}

const namedExits = 10;

/** Releases a kill switch. @throws CliError not_stopped, confirmation_missing */
export async function resumeTrading(cli: Cli, asked: AskedResume): Promise<Answer> {
  if (asked.target.scope === 'everything' && !asked.isConfirmed) {
    await confirm(
      cli,
      'resume everything',
      await withDb(cli, async (db) => await preview(db, asked)),
    );
  }
  const resumed = await inTransaction(cli, async (db) => await release(cli, db, asked));
  await removeJobs(cli, resumed.cancelled);
  const { target, brake, met, expired, cancelled } = resumed;
  const data = {
    ...brakeData(target, brake),
    released_by: cli.who,
    entries_going_out: met.freeEntries,
    exits_going_out: met.freeExits,
    waiting_entries: met.heldEntries,
    waiting_exits: met.heldExits,
    expired_orders: expired,
    cancelled_entries: cancelled.length,
  };
  return { data, text: describe(resumed) };
}

/** What a person should know before the word is given. */
async function preview(db: Db, asked: AskedResume): Promise<string> {
  const target = await findStopped(db, asked.target);
  const { heldEntries, heldExits } = await countOrdersUnder(db, target);
  const entries = count(heldEntries, 'entry', 'entries');
  const fate = asked.cancelsEntries ? 'are cancelled' : 'go out';
  return `${count(heldExits, 'exit')} that wait go out; ${entries} within their age ${fate}.`;
}

async function release(cli: Cli, db: Db, asked: AskedResume): Promise<Resumed> {
  const target = await findStopped(db, asked.target);
  await holdKillSwitch(db);
  const cancelled = asked.cancelsEntries ? await cancelEntries(cli, db, target) : [];
  const expired = await expireOrdersUnder(db, target);
  const brake = await releaseBrake(db, target);
  if (brake === undefined) {
    throw new CliError('not_stopped', `Somebody else has just released ${target.label}`);
  }
  const met = await countOrdersUnder(db, target);
  await recordAudit(db, {
    who: cli.who,
    what: 'brake.release',
    subject: target.label,
    before: brakeData(target, brake),
  });
  await raiseBrakeReleased(db, { target, who: cli.who, met, expired });
  const exits = await listFreeExits(db, target, { limit: namedExits });
  return { target, brake, met, exits, expired, cancelled };
}

async function cancelEntries(cli: Cli, db: Db, target: FoundTarget): Promise<CancelledEntry[]> {
  const reason = `Cancelled by ${cli.who} when the stop was released`;
  return await cancelEntriesUnder(db, target, { code: 'cancelled', reason });
}

function describe({ target, met, exits, expired, cancelled }: Resumed): string {
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
