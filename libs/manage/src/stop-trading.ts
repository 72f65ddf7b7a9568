import {
  type CancelledEntry,
  cancelEntriesUnder,
  countOrdersUnder,
  type MetOrders,
} from '@orderlane/db/braked-orders';
import {
  type BrakeRow,
  type BrakeTarget,
  findBrake,
  holdKillSwitch,
  setBrake,
} from '@orderlane/db/brakes';
import type { KillSwitch } from '@orderlane/domain/brakes';
import { refuse } from '@orderlane/domain/refusal';
import { raiseBrakeSet } from './brake-alerts.ts';
import { type FoundTarget, findTarget } from './brake-target.ts';
import { brakeData, metData } from './brake-words.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

export interface StopRequest {
  target: BrakeTarget;
  /** Undefined: what is set stays as it is; else entries only, which traps nobody in a position. */
  strength: KillSwitch | undefined;
  reason: string | undefined;
}

export interface Stopped {
  target: FoundTarget;
  before: BrakeRow | undefined;
  /** The same as `before` when nothing new was said. */
  brake: BrakeRow;
  met: MetOrders;
  /** Their jobs, if any, are dead: they may be taken off their lanes after the commit. */
  cancelled: CancelledEntry[];
}

/** Sets a kill switch. @throws ManageError unknown_account, unknown_strategy */
export async function stopTrading(manager: Manager, asked: StopRequest): Promise<Stopped> {
  const { db } = manager;
  const target = await findTarget(manager, asked.target);
  await holdKillSwitch(db);
  const before = await findBrake(db, target);
  const brake = await move(manager, { target, before, asked });
  const cancelled = brake.strength === 'flatten' ? await cancelEntries(manager, target) : [];
  const met = await countOrdersUnder(db, target);
  const stopped = { target, before, brake, met, cancelled };
  if (brake !== before || cancelled.length > 0) await tell(manager, stopped);
  return stopped;
}

/** What is said again without anything new stays as it is, with its time and its author. */
async function move(
  { db, who }: Manager,
  args: { target: FoundTarget; before: BrakeRow | undefined; asked: StopRequest },
): Promise<BrakeRow> {
  const { target, before, asked } = args;
  const strength = asked.strength ?? before?.strength ?? 'stop_entries';
  if (before?.strength === strength && asked.reason === undefined) return before;
  return await setBrake(db, target, { strength, reason: asked.reason ?? null, setBy: who });
}

async function tell(manager: Manager, stopped: Stopped): Promise<void> {
  const { target, before, brake, met, cancelled } = stopped;
  const done = { ...metData(met), cancelled_entries: cancelled.length };
  await raiseBrakeSet(manager.db, { target, brake, met, cancelled: cancelled.length });
  await recordChange(manager, {
    what: 'brake.set',
    subject: target.label,
    ...(before && { before: brakeData(target, before) }),
    after: { ...brakeData(target, brake), ...done },
  });
}

async function cancelEntries({ db }: Manager, target: FoundTarget): Promise<CancelledEntry[]> {
  const { code, text: reason } = refuse('flattening');
  return await cancelEntriesUnder(db, target, { code, reason });
}

/** A kill switch that was set, as programs get it. */
export function stoppedData({ target, before, brake, met, cancelled }: Stopped) {
  return {
    ...brakeData(target, brake),
    changed: before !== brake,
    cancelled_entries: cancelled.length,
    ...metData(met),
  };
}
