import type { OpenedClosings } from '@orderlane/db/open-closings';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import type { ExitPlan } from '@orderlane/domain/plan-closing';
import { describeHeld, heldData } from '@orderlane/manage/describe-held';
import { closingData } from '@orderlane/manage/exit-strategy';
import type { HeldOutcome } from '@orderlane/manage/held-change';

/** What became of what is held, as lines; none where nothing is. */
export function heldLines({ affected, choice, closings }: HeldOutcome): string[] {
  if (affected.length === 0) return [];
  const held = describeHeld(affected);
  switch (choice) {
    case 'keep':
      return [`Kept for exits until it is flat: ${held}`];
    case 'close_now':
      return [...closingLines(closings), `Exits go on reaching it until it is flat: ${held}`];
    case 'forget':
      return [`Forgotten, closing it is up to you: ${held}`];
  }
}

/** The closings that were opened, one a line. */
export function closingLines({ exits, joined }: OpenedClosings): string[] {
  return [...exits.map(describe), ...joined.map(describeJoined)];
}

function describe({ instrument, action, quantity }: ExitPlan): string {
  return `Closing ${instrumentKey(instrument)}: ${action} ${quantity === 0 ? 'all of it' : quantity}`;
}

function describeJoined(instrument: Instrument): string {
  return `${instrumentKey(instrument)} is being closed already`;
}

/** The same for programs. */
export function heldAnswer({ affected, choice, closings }: HeldOutcome) {
  return { choice, held: heldData(affected), ...closingData(closings) };
}
