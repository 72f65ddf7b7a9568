import { findAccount, lockAccount } from '@orderlane/db/accounts';
import { updateStrategy } from '@orderlane/db/change-strategies';
import { listHeldInstruments } from '@orderlane/db/held-instruments';
import { checkStrategy } from '@orderlane/domain/check-strategy';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { Strategy } from '@orderlane/domain/strategy';
import { checkSaved } from './check-saved.ts';
import type { NewStrategy } from './create-strategy.ts';
import { getAccount, getOwnedStrategy } from './find-owned.ts';
import { ManageError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';
import { refuseHeld } from './refuse-held.ts';
import { strategyColumns } from './strategy-columns.ts';
import { strategySettings } from './strategy-data.ts';
import { refuseSecond } from './unique.ts';

export interface StrategyEdit {
  strategyId: StrategyId;
  /** What is left out stays. */
  changes: Partial<NewStrategy> & { accountId?: AccountId };
  /** What it holds is forgotten where the change keeps exits from reaching it. */
  forget: boolean;
  /** A time of square-off that has passed today is meant for tomorrow, whatever is held. */
  acceptsPassed: boolean;
  now: Temporal.ZonedDateTime;
}

/**
 * Changes a strategy.
 * @throws ManageError invalid_strategy, strategy_exists, position_shared, holds_position, squareoff_passed
 */
export async function editStrategy(
  manager: Manager,
  edit: StrategyEdit,
): Promise<{ strategy: Strategy; warnings: readonly SaveIssue[] }> {
  const { db } = manager;
  const { strategyId: id, changes, now } = edit;
  const { strategy: before, owner } = await getOwnedStrategy(manager, id);
  const after = { ...before, ...changes };
  await lockAccounts(manager, { before, after, owner });
  const today = now.toPlainDate();
  const { issues } = checkStrategy(after, today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  await refuseStranding(manager, { before, after, edit });
  const values = { ...strategyColumns(after), account_id: after.accountId };
  const text = `There is a strategy "${after.name}" already`;
  const exists = new ManageError('strategy_exists', text);
  await refuseSecond(updateStrategy(db, { id, values }), exists);
  const saved = await checkSaved(manager, { strategyId: id, today });
  await recordChange(manager, {
    what: 'strategy.edit',
    subject: `strategy ${id}`,
    before: await settingsOf(manager, before),
    after: await settingsOf(manager, saved.strategy),
  });
  return saved;
}

interface Change {
  before: Strategy;
  after: Strategy;
}

/** In the order of their ids, so that two edits never wait for each other in a circle. */
async function lockAccounts(
  manager: Manager,
  { before, after, owner }: Change & { owner: string },
): Promise<void> {
  const ids = [before.accountId, after.accountId].filter((id) => id !== null);
  for (const id of [...new Set(ids)].sort((left, right) => left - right)) {
    await lockAccount(manager.db, id);
  }
  if (after.accountId === null || after.accountId === before.accountId) return;
  const account = await getAccount(manager, after.accountId);
  // A strategy stays its owner's, also in an administrator's hands.
  if (account.user_id !== owner) throw new ManageError('unknown_account');
}

/** Whoever holds something must not lose the way out of it by a slip. */
async function refuseStranding(
  { db }: Manager,
  { before, after, edit }: Change & { edit: StrategyEdit },
): Promise<void> {
  const held = await listHeldInstruments(db, before.id);
  const meansOther =
    before.accountId !== after.accountId ||
    before.positionScope !== after.positionScope ||
    before.tradingMode !== after.tradingMode;
  if (meansOther) refuseHeld(held, edit.forget);
  if (held.length > 0 && !edit.acceptsPassed && hasPassed({ before, after }, edit.now)) {
    const text = `${after.squareoffTime} has passed: what is held would be squared off tomorrow`;
    throw new ManageError('squareoff_passed', text);
  }
}

function hasPassed({ before, after }: Change, now: Temporal.ZonedDateTime): boolean {
  const { squareoffTime } = after;
  if (squareoffTime === null || squareoffTime === before.squareoffTime) return false;
  return squareoffTime <= now.toPlainTime().toString({ smallestUnit: 'minute' });
}

async function settingsOf({ db }: Manager, strategy: Strategy) {
  const { accountId } = strategy;
  const account = accountId === null ? undefined : await findAccount(db, accountId);
  return strategySettings({ strategy, accountName: account?.name ?? null });
}
