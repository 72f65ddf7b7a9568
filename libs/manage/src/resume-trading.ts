import {
  type CancelledEntry,
  cancelEntriesUnder,
  countOrdersUnder,
  expireOrdersUnder,
  type FreeExit,
  listFreeExits,
  type MetOrders,
} from '@orderlane/db/braked-orders';
import {
  type BrakeRow,
  type BrakeTarget,
  holdKillSwitch,
  releaseBrake,
} from '@orderlane/db/brakes';
import { raiseBrakeReleased } from './brake-alerts.ts';
import { type FoundTarget, findStopped } from './brake-target.ts';
import { brakeData } from './brake-words.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

export interface ResumeRequest {
  target: BrakeTarget;
  /** Entries that waited are not wanted any more, whatever their age. */
  cancelsEntries: boolean;
}

export interface Resumed {
  target: FoundTarget;
  brake: BrakeRow;
  who: string;
  met: MetOrders;
  exits: FreeExit[];
  expired: number;
  /** Their jobs, if any, are dead: they may be taken off their lanes after the commit. */
  cancelled: CancelledEntry[];
}

const namedExits = 10;

/** Releases a kill switch. @throws ManageError not_stopped, unknown_account, unknown_strategy */
export async function resumeTrading(manager: Manager, asked: ResumeRequest): Promise<Resumed> {
  const { db, who } = manager;
  const target = await findStopped(manager, asked.target);
  await holdKillSwitch(db);
  const cancelled = asked.cancelsEntries ? await cancelEntries(manager, target) : [];
  const expired = await expireOrdersUnder(db, target);
  const brake = await releaseBrake(db, target);
  if (brake === undefined) {
    throw new ManageError('not_stopped', `Somebody else has just released ${target.label}`);
  }
  const met = await countOrdersUnder(db, target);
  await raiseBrakeReleased(db, { target, who, met, expired });
  const exits = await listFreeExits(db, target, { limit: namedExits });
  await recordChange(manager, {
    what: 'brake.release',
    subject: target.label,
    before: brakeData(target, brake),
  });
  return { target, brake, who, met, exits, expired, cancelled };
}

async function cancelEntries({ db, who }: Manager, target: FoundTarget): Promise<CancelledEntry[]> {
  const reason = `Cancelled by ${who} when the stop was released`;
  return await cancelEntriesUnder(db, target, { code: 'cancelled', reason });
}

/** A kill switch that was released, as programs get it. */
export function resumedData({ target, brake, who, met, expired, cancelled }: Resumed) {
  return {
    ...brakeData(target, brake),
    released_by: who,
    entries_going_out: met.freeEntries,
    exits_going_out: met.freeExits,
    waiting_entries: met.heldEntries,
    waiting_exits: met.heldExits,
    expired_orders: expired,
    cancelled_entries: cancelled.length,
  };
}
