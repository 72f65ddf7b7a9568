import { recordAudit } from '@orderlane/db/audit';
import { type HeldInstrument, listHeldInstruments } from '@orderlane/db/held-instruments';
import { deleteStrategy, toggleStrategy } from '@orderlane/db/strategies';
import { checkSaved, lockAccountOf } from '../check-saved.ts';
import type { Answer, Cli } from '../cli.ts';
import { describeHeld, refuseHeld } from '../refuse-held.ts';
import { getStrategy } from '../resolve.ts';
import { readToday } from '../today.ts';
import { inTransaction } from '../with-db.ts';

/**
 * Turns a strategy on or off; undefined: to what it is not. Off works whatever it holds: whoever
 * wants a strategy to stop must not be kept from it, but is told what is left open.
 * @throws CliError position_shared
 */
export async function toggle(
  cli: Cli,
  args: { strategy: string; isActive: boolean | undefined },
): Promise<Answer> {
  const today = readToday(cli.environment);
  return await inTransaction(cli, async (db) => {
    const before = await getStrategy(db, args.strategy);
    const { id, name } = before;
    const isActive = args.isActive ?? !before.isActive;
    await lockAccountOf(db, before);
    await toggleStrategy(db, { id, isActive });
    if (isActive) await checkSaved(db, { strategyId: id, today });
    await recordAudit(db, {
      who: cli.who,
      what: 'strategy.toggle',
      subject: `strategy ${id}`,
      before: { is_active: before.isActive },
      after: { is_active: isActive },
    });
    const held = isActive ? [] : await listHeldInstruments(db, id);
    const text = isActive ? `Strategy "${name}" is active` : describeOff(name, held);
    return { data: { id, name, is_active: isActive, still_open: held }, text };
  });
}

function describeOff(name: string, held: readonly HeldInstrument[]): string {
  const off = `Strategy "${name}" is off: its signals are refused, exits included`;
  return held.length === 0 ? off : `${off}\nStill open: ${describeHeld(held)}`;
}

/** @throws CliError holds_position */
export async function remove(
  cli: Cli,
  args: { strategy: string; forget: boolean },
): Promise<Answer> {
  return await inTransaction(cli, async (db) => {
    const { id, name } = await getStrategy(db, args.strategy);
    const held = await listHeldInstruments(db, id);
    refuseHeld(held, args.forget);
    await deleteStrategy(db, id);
    await recordAudit(db, {
      who: cli.who,
      what: 'strategy.delete',
      subject: `strategy ${id}`,
      before: { name, held },
    });
    return { data: { id, name, deleted: true }, text: `Strategy "${name}" is deleted` };
  });
}
