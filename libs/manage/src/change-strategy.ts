import { findAccount } from '@orderlane/db/accounts';
import { deleteStrategyWhenFlat, lockStrategy, setActivity } from '@orderlane/db/change-strategies';
import { type HeldPlace, listHeldPlaces } from '@orderlane/db/held-places';
import { deleteStrategy } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { planHeldChange } from '@orderlane/domain/plan-held-change';
import { type Activity, activityOf, type Strategy } from '@orderlane/domain/strategy';
import { checkSaved, lockAccountOf } from './check-saved.ts';
import { describeHeld, heldData } from './describe-held.ts';
import { closingData } from './exit-strategy.ts';
import { getStrategy } from './find-owned.ts';
import { type HeldAsked, type HeldOutcome, settleHeld } from './held-change.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import { recordChange } from './record-change.ts';
import { strategySettings } from './strategy-data.ts';

export interface ToggledStrategy {
  id: StrategyId;
  name: string;
  activity: Activity;
  /** What a strategy that is not on leaves open. */
  stillOpen: HeldPlace[];
  closings: HeldOutcome['closings'] | undefined;
}

export interface ActivityAsked extends Omit<HeldAsked, 'choice'> {
  strategyId: StrategyId;
  /** Undefined: off when it is on, else on; refused where that would leave something without a word. */
  to: Activity | undefined;
  /** What it holds is closed now, whichever way it is turned. */
  closesNow: boolean;
}

/**
 * Turns a strategy on, to exits alone, or off. Off works whatever it holds: whoever wants a strategy to
 * stop must not be kept from it, but is told what is left open.
 * @throws ManageError unknown_strategy, invalid_strategy, position_shared, holds_position
 */
export async function changeActivity(
  manager: Manager,
  asked: ActivityAsked,
): Promise<ToggledStrategy> {
  const { db } = manager;
  const { strategyId: id, now } = asked;
  const before = await lockedStrategy(manager, id);
  const held = await listHeldPlaces(db, { strategyId: id });
  const activity = asked.to ?? otherActivity(before, held);
  await setActivity(db, { id, activity });
  const today = now.withTimeZone('Asia/Kolkata').toPlainDate();
  if (activity !== 'off') await checkSaved(manager, { strategyId: id, today });
  const closings = asked.closesNow ? await closeAll(manager, { before, held, asked }) : undefined;
  await recordChange(manager, {
    what: 'strategy.toggle',
    subject: `strategy ${id}`,
    before: { activity: activityOf(before) },
    after: { activity, held: heldData(held), ...(closings && closingData(closings)) },
  });
  return { id, name: before.name, activity, closings, stillOpen: activity === 'on' ? [] : held };
}

/** As it is, with its account and itself locked until the transaction ends. */
async function lockedStrategy(manager: Manager, id: StrategyId): Promise<Strategy> {
  await lockAccountOf(manager, await getStrategy(manager, id));
  await lockStrategy(manager.db, id);
  return await getStrategy(manager, id);
}

function otherActivity(before: Strategy, held: readonly HeldPlace[]): Activity {
  if (!before.isActive) return 'on';
  if (held.length === 0) return 'off';
  throw new ManageError(
    'holds_position',
    `"${before.name}" holds ${describeHeld(held)}. Say what is to become of it: exits only ("to": "exits_only"; --exits-only), off and left open ("off"; --off), or off and closed now ("close"; --close-now)`,
  );
}

async function closeAll(
  manager: Manager,
  args: { before: Strategy; held: HeldPlace[]; asked: Omit<HeldAsked, 'choice'> },
): Promise<HeldOutcome['closings']> {
  const { before, held } = args;
  const asked = { ...args.asked, choice: 'close_now' as const };
  const plan = planHeldChange({ before, after: undefined, held, choice: asked.choice });
  return (await settleHeld(manager, { before, after: undefined, asked, plan })).closings;
}

export interface RemovedStrategy extends HeldOutcome {
  id: StrategyId;
  name: string;
  /** False: it takes exits until nothing is held any more, and goes then. */
  isGone: boolean;
}

/**
 * Deletes a strategy; its signals and orders stay. One that holds something, or is about to, goes when
 * it is flat, unless that is to be forgotten.
 * @throws ManageError unknown_strategy, orders_on_their_way
 */
export async function removeStrategy(
  manager: Manager,
  args: { strategyId: StrategyId; asked: HeldAsked },
): Promise<RemovedStrategy> {
  const { db } = manager;
  const { strategyId: id, asked } = args;
  const before = await lockedStrategy(manager, id);
  const held = await listHeldPlaces(db, { strategyId: id });
  const plan = planHeldChange({ before, after: undefined, held, choice: asked.choice });
  const outcome = await settleHeld(manager, { before, after: undefined, asked, plan });
  const isGone = held.length === 0 || asked.choice === 'forget';
  await (isGone ? deleteStrategy(db, id) : deleteStrategyWhenFlat(db, id));
  await recordChange(manager, {
    what: 'strategy.delete',
    subject: `strategy ${id}`,
    before: { ...(await settingsOf(manager, before)), held: heldData(held) },
    after: { choice: asked.choice, gone: isGone, ...closingData(outcome.closings) },
  });
  return { id, name: before.name, isGone, ...outcome };
}

async function settingsOf({ db }: Manager, strategy: Strategy) {
  const { accountId } = strategy;
  const account = accountId === null ? undefined : await findAccount(db, accountId);
  const settings = strategySettings({ strategy, accountName: account?.name ?? null });
  return { ...settings, mappings: strategy.mappings.map(mappingData) };
}
