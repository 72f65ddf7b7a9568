import { recordAudit } from '@orderlane/db/audit';
import {
  type CancelledEntry,
  cancelEntriesUnder,
  countOrdersUnder,
  type MetOrders,
} from '@orderlane/db/braked-orders';
import { type BrakeRow, findBrake, holdKillSwitch, setBrake } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import type { KillSwitch } from '@orderlane/domain/brakes';
import { refuse } from '@orderlane/domain/refusal';
import { raiseBrakeSet } from '../brake-alerts.ts';
import { type AskedTarget, type FoundTarget, findTarget } from '../brake-target.ts';
import {
  brakeData,
  capital,
  count,
  metData,
  strengthLimits,
  strengthWords,
  targetOption,
} from '../brake-words.ts';
import type { Answer, Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { removeJobs } from '../remove-jobs.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedStop {
  target: AskedTarget;
  /** Undefined: what is set stays as it is; else entries only, which traps nobody in a position. */
  strength: KillSwitch | undefined;
  reason: string | undefined;
  isConfirmed: boolean;
}

interface Stopped {
  target: FoundTarget;
  before: BrakeRow | undefined;
  brake: BrakeRow;
  met: MetOrders;
  cancelled: CancelledEntry[];
}

/** Sets a kill switch. @throws CliError unknown_account, unknown_strategy, confirmation_missing */
export async function stopTrading(cli: Cli, asked: AskedStop): Promise<Answer> {
  if (asked.target.scope === 'everything' && !asked.isConfirmed) {
    await confirm(cli, 'stop everything', 'This stops every account and every strategy.');
  }
  const stopped = await inTransaction(cli, async (db) => await set(cli, db, asked));
  await removeJobs(cli, stopped.cancelled);
  const { target, brake, met, cancelled, before } = stopped;
  const data = {
    ...brakeData(target, brake),
    changed: before !== brake,
    cancelled_entries: cancelled.length,
    ...metData(met),
  };
  return { data, text: describe(stopped) };
}

async function set(cli: Cli, db: Db, asked: AskedStop): Promise<Stopped> {
  const target = await findTarget(db, asked.target);
  await holdKillSwitch(db);
  const before = await findBrake(db, target);
  const brake = await move(cli, db, { target, before, asked });
  const cancelled = brake.strength === 'flatten' ? await cancelEntries(db, target) : [];
  const met = await countOrdersUnder(db, target);
  const stopped = { target, before, brake, met, cancelled };
  if (brake !== before || cancelled.length > 0) await tell(cli, db, stopped);
  return stopped;
}

/** What is said again without anything new stays as it is, with its time and its author. */
async function move(
  cli: Cli,
  db: Db,
  args: { target: FoundTarget; before: BrakeRow | undefined; asked: AskedStop },
): Promise<BrakeRow> {
  const { target, before, asked } = args;
  const strength = asked.strength ?? before?.strength ?? 'stop_entries';
  if (before?.strength === strength && asked.reason === undefined) return before;
  return await setBrake(db, target, { strength, reason: asked.reason ?? null, setBy: cli.who });
}

async function tell(cli: Cli, db: Db, stopped: Stopped): Promise<void> {
  const { target, before, brake, met, cancelled } = stopped;
  const done = { ...metData(met), cancelled_entries: cancelled.length };
  await recordAudit(db, {
    who: cli.who,
    what: 'brake.set',
    subject: target.label,
    ...(before && { before: brakeData(target, before) }),
    after: { ...brakeData(target, brake), ...done },
  });
  await raiseBrakeSet(db, { target, brake, met, cancelled: cancelled.length });
}

async function cancelEntries(db: Db, target: FoundTarget): Promise<CancelledEntry[]> {
  const { code, text: reason } = refuse('flattening');
  return await cancelEntriesUnder(db, target, { code, reason });
}

function describe({ target, before, brake, met, cancelled }: Stopped): string {
  const { strength } = brake;
  const again = before === brake ? ' already' : '';
  const lines = [
    `${capital(target.label)} is stopped${again}: ${strengthWords[strength]}`,
    ...(strength === 'flatten'
      ? [`${count(cancelled.length, 'queued entry', 'queued entries')} cancelled`]
      : []),
    `Waiting now: ${count(met.heldEntries, 'entry', 'entries')}, ${count(met.heldExits, 'exit')}`,
  ];
  if (met.inFlight > 0) {
    const orders = count(met.inFlight, 'order');
    lines.push(`${orders} had been claimed before: sent already, or about to be`);
  }
  return [...lines, strengthLimits[strength], `To go on: resume ${targetOption(target)}`].join(
    '\n',
  );
}
