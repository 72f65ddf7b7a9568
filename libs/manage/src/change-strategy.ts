import { findAccount } from '@orderlane/db/accounts';
import { type HeldInstrument, listHeldInstruments } from '@orderlane/db/held-instruments';
import { deleteStrategy, toggleStrategy } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import { getStrategy } from './find-owned.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';
import { refuseHeld } from './refuse-held.ts';
import { strategySettings } from './strategy-data.ts';

export interface ToggledStrategy {
  id: StrategyId;
  name: string;
  isActive: boolean;
  /** What a strategy that is off leaves open. */
  stillOpen: HeldInstrument[];
}

/**
 * Turns a strategy on or off; undefined: to what it is not. Off works whatever it holds: whoever
 * wants a strategy to stop must not be kept from it, but is told what is left open.
 * @throws ManageError unknown_strategy, invalid_strategy, position_shared
 */
export async function changeActivity(
  manager: Manager,
  args: { strategyId: StrategyId; isActive: boolean | undefined; today: Temporal.PlainDate },
): Promise<ToggledStrategy> {
  const { db } = manager;
  const { strategyId: id, today } = args;
  const before = await getStrategy(manager, id);
  const isActive = args.isActive ?? !before.isActive;
  await lockAccountOf(manager, before);
  await toggleStrategy(db, { id, isActive });
  if (isActive) await checkSaved(manager, { strategyId: id, today });
  await recordChange(manager, {
    what: 'strategy.toggle',
    subject: `strategy ${id}`,
    before: { is_active: before.isActive },
    after: { is_active: isActive },
  });
  const stillOpen = isActive ? [] : await listHeldInstruments(db, id);
  return { id, name: before.name, isActive, stillOpen };
}

/** Its signals and orders stay. @throws ManageError unknown_strategy, holds_position */
export async function removeStrategy(
  manager: Manager,
  args: { strategyId: StrategyId; forget: boolean },
): Promise<{ id: StrategyId; name: string }> {
  const { db } = manager;
  const strategy = await getStrategy(manager, args.strategyId);
  const { id, name, accountId } = strategy;
  const account = accountId === null ? undefined : await findAccount(db, accountId);
  const held = await listHeldInstruments(db, id);
  refuseHeld(held, args.forget);
  await deleteStrategy(db, id);
  await recordChange(manager, {
    what: 'strategy.delete',
    subject: `strategy ${id}`,
    before: {
      ...strategySettings({ strategy, accountName: account?.name ?? null }),
      mappings: strategy.mappings.map(mappingData),
      held,
    },
  });
  return { id, name };
}
