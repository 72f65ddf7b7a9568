import type { HeldInstrument } from '@orderlane/db/held-instruments';
import { changeActivity, removeStrategy } from '@orderlane/manage/change-strategy';
import { describeHeld } from '@orderlane/manage/refuse-held';
import type { Answer, Cli } from '../cli.ts';
import { getStrategy } from '../resolve.ts';
import { readToday } from '../today.ts';
import { inTransaction } from '../with-db.ts';

/** Turns a strategy on or off; undefined: to what it is not. @throws ManageError position_shared */
export async function toggle(
  cli: Cli,
  args: { strategy: string; isActive: boolean | undefined },
): Promise<Answer> {
  const today = readToday(cli.environment);
  return await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, args.strategy);
    const asked = { strategyId, isActive: args.isActive, today };
    const { id, name, isActive, stillOpen } = await changeActivity(manager, asked);
    const text = isActive ? `Strategy "${name}" is active` : describeOff(name, stillOpen);
    return { data: { id, name, is_active: isActive, still_open: stillOpen }, text };
  });
}

function describeOff(name: string, held: readonly HeldInstrument[]): string {
  const off = `Strategy "${name}" is off: its signals are refused, exits included`;
  return held.length === 0 ? off : `${off}\nStill open: ${describeHeld(held)}`;
}

/** @throws ManageError holds_position */
export async function remove(
  cli: Cli,
  args: { strategy: string; forget: boolean },
): Promise<Answer> {
  return await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, args.strategy);
    const { id, name } = await removeStrategy(manager, { strategyId, forget: args.forget });
    return { data: { id, name, deleted: true }, text: `Strategy "${name}" is deleted` };
  });
}
