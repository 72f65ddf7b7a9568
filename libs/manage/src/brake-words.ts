import type { MetOrders } from '@orderlane/db/braked-orders';
import type { BrakeRow } from '@orderlane/db/brakes';
import type { KillSwitch } from '@orderlane/domain/brakes';
import type { FoundTarget } from './brake-target.ts';

/** What a kill switch does from now on. */
export const strengthWords: Record<KillSwitch, string> = {
  stop_entries: 'new entries are refused and queued ones wait; exits go on',
  halt: 'nothing is sent, exits included',
  flatten: 'queued entries are cancelled and new ones refused; exits go on',
};

/** What it does not do, and a person in trouble must know. */
export const strengthLimits: Record<KillSwitch, string> = {
  stop_entries: 'Open positions stay open. To send nothing at all: --halt',
  halt: 'Open positions are on their own: no exit reaches them before you resume.',
  flatten:
    'Open positions are NOT closed by this: exits that come are sent, but it makes none. Close them at the broker.',
};

/** `1 exit`, `3 exits` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A kill switch as programs get it and as the audit log keeps it. */
export function brakeData(target: FoundTarget, brake: BrakeRow) {
  return {
    scope: brake.scope,
    id: target.id,
    target: target.label,
    brake: brake.strength,
    since: brake.set_at,
    by: brake.set_by,
    reason: brake.reason,
  };
}

export function metData(met: MetOrders) {
  return {
    waiting_entries: met.heldEntries,
    waiting_exits: met.heldExits,
    in_flight: met.inFlight,
  };
}

/** `everything` at the start of a sentence. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
