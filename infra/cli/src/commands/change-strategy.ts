import type { HeldChoice } from '@orderlane/domain/plan-held-change';
import type { Activity } from '@orderlane/domain/strategy';
import {
  changeActivity,
  type RemovedStrategy,
  removeStrategy,
  type ToggledStrategy,
} from '@orderlane/manage/change-strategy';
import { describeHeld, heldData } from '@orderlane/manage/describe-held';
import { closingData } from '@orderlane/manage/exit-strategy';
import type { Answer, Cli } from '../cli.ts';
import { askHeld } from '../held-options.ts';
import { closingLines, heldAnswer, heldLines } from '../held-text.ts';
import { getStrategy } from '../resolve.ts';
import { readNow } from '../today.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedToggle {
  strategy: string;
  /** Undefined: to what it is not, where nothing is held. */
  to: Activity | undefined;
  /** What it holds is closed now. */
  closesNow: boolean;
}

/**
 * Turns a strategy on, to exits alone, or off.
 * @throws ManageError holds_position, position_shared
 */
export async function toggle(cli: Cli, { strategy, ...asked }: AskedToggle): Promise<Answer> {
  const now = readNow(cli.environment);
  const toggled = await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, strategy);
    return await changeActivity(manager, { strategyId, ...asked, now });
  });
  const { id, name, activity, stillOpen, closings } = toggled;
  const data = {
    ...{ id, name, activity, is_active: activity !== 'off' },
    still_open: heldData(stillOpen),
    ...(closings && closingData(closings)),
  };
  return { data, text: describeToggled(toggled) };
}

const activityTexts: Record<Activity, string> = {
  on: 'is active',
  exits_only: 'takes exits only: its entries are refused',
  off: 'is off: its signals are refused, exits included',
};

function describeToggled({ name, activity, stillOpen, closings }: ToggledStrategy): string {
  return [
    `Strategy "${name}" ${activityTexts[activity]}`,
    ...(closings === undefined ? [] : closingLines(closings)),
    ...(stillOpen.length === 0 ? [] : [`Still open: ${describeHeld(stillOpen)}`]),
  ].join('\n');
}

/** @throws ManageError orders_on_their_way */
export async function remove(
  cli: Cli,
  args: { strategy: string; choice: HeldChoice },
): Promise<Answer> {
  const asked = askHeld(cli, args.choice);
  const removed = await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, args.strategy);
    return await removeStrategy(manager, { strategyId, asked });
  });
  const { id, name, isGone } = removed;
  return {
    data: { id, name, deleted: isGone, ...heldAnswer(removed) },
    text: describeRemoved(removed),
  };
}

function describeRemoved(removed: RemovedStrategy): string {
  const { name, isGone } = removed;
  const what = isGone
    ? `Strategy "${name}" is deleted`
    : `Strategy "${name}" is deleted once it is flat, and takes no entries until then`;
  return [what, ...heldLines(removed)].join('\n');
}
