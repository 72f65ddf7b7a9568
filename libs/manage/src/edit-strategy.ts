import { findAccount, lockAccount } from '@orderlane/db/accounts';
import { listCalendarDays } from '@orderlane/db/calendar-days';
import { lockStrategy, updateStrategy } from '@orderlane/db/change-strategies';
import { listHeldPlaces } from '@orderlane/db/held-places';
import { findLastDueTime, openSquareOffs } from '@orderlane/db/open-square-offs';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { checkStrategy } from '@orderlane/domain/check-strategy';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import { isMovedBeforeNow } from '@orderlane/domain/square-off-moved';
import type { Strategy } from '@orderlane/domain/strategy';
import { checkSaved } from './check-saved.ts';
import type { NewStrategy } from './create-strategy.ts';
import { heldData } from './describe-held.ts';
import { closingData } from './exit-strategy.ts';
import { getOpenAccount, getOwnedStrategy } from './find-owned.ts';
import { changeWhatIsHeld, type HeldAsked, type HeldOutcome } from './held-change.ts';
import { ManageError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';
import { strategyColumns } from './strategy-columns.ts';
import { strategySettings } from './strategy-data.ts';
import { refuseSecond } from './unique.ts';

export interface StrategyEdit {
  strategyId: StrategyId;
  /** What is left out stays. */
  changes: Partial<NewStrategy> & { accountId?: AccountId };
  /** What is to become of what it holds where the change takes the signals away from that. */
  asked: HeldAsked;
  /** What a time of square-off means that has passed today; undefined: it is refused. */
  passed: 'now' | 'next_session' | undefined;
}

export interface EditedStrategy extends HeldOutcome {
  strategy: Strategy;
  warnings: readonly SaveIssue[];
  /** Today's square-off has begun by the change. */
  squaresOffNow: boolean;
}

/**
 * Changes a strategy.
 * @throws ManageError invalid_strategy, strategy_exists, position_shared, orders_on_their_way, squareoff_passed
 */
export async function editStrategy(manager: Manager, edit: StrategyEdit): Promise<EditedStrategy> {
  const { db } = manager;
  const { strategyId: id, changes, asked } = edit;
  const { strategy: before, owner } = await getOwnedStrategy(manager, id);
  const after = { ...before, ...changes };
  await lockAccounts(manager, { before, after, owner });
  await lockStrategy(db, id);
  const today = asked.now.withTimeZone('Asia/Kolkata').toPlainDate();
  const { issues } = checkStrategy(after, today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  const squaresOffNow = await readPassed(manager, { before, after, edit });
  const values = { ...strategyColumns(after), account_id: after.accountId };
  const text = `There is a strategy "${after.name}" already`;
  const exists = new ManageError('strategy_exists', text);
  const { after: _, ...outcome } = await changeWhatIsHeld(manager, {
    ...{ before, asked },
    make: async () => await refuseSecond(updateStrategy(db, { id, values }), exists),
  });
  const saved = await checkSaved(manager, { strategyId: id, today });
  if (squaresOffNow) await squareOffNow(manager, saved.strategy, today);
  await recordEdit(manager, { before, after: saved.strategy, outcome, squaresOffNow });
  return { ...saved, ...outcome, squaresOffNow };
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
  const account = await getOpenAccount(manager, after.accountId);
  // A strategy stays its owner's, also in an administrator's hands.
  if (account.user_id !== owner) throw new ManageError('unknown_account');
}

/**
 * Whether today's square-off begins by the change: where its new time has passed, that is to be said.
 * @throws ManageError squareoff_passed where it was not, and something may be open
 */
async function readPassed(
  { db }: Manager,
  { before, after, edit: { asked, passed } }: Change & { edit: StrategyEdit },
): Promise<boolean> {
  const { now } = asked;
  const sessionDate = now.withTimeZone('Asia/Kolkata').toPlainDate().toString();
  const lastDueTime = await findLastDueTime(db, { strategyId: before.id, sessionDate });
  const calendar = calendarOf(winningLines(await listCalendarDays(db)));
  if (!isMovedBeforeNow({ before, after, now, calendar, lastDueTime })) return false;
  if (passed !== undefined) return passed === 'now';
  const held = await listHeldPlaces(db, { strategyId: before.id });
  if (held.length === 0 && after.positionScope === 'strategy') return false;
  throw new ManageError(
    'squareoff_passed',
    `${after.squareoffTime} has passed: say whether it is squared off now or from the next session on`,
  );
}

/** As a tick opens it: the scheduler works on it from the commit on. */
async function squareOffNow(
  { db }: Manager,
  { id: strategyId, squareoffTime }: Strategy,
  today: Temporal.PlainDate,
): Promise<void> {
  const dueTime = squareoffTime ?? '';
  const row = { strategyId, sessionDate: today.toString(), dueTime, detail: null };
  await openSquareOffs(db, [{ ...row, status: 'working' }]);
}

async function recordEdit(
  manager: Manager,
  {
    before,
    after,
    outcome,
    squaresOffNow,
  }: Change & { outcome: HeldOutcome; squaresOffNow: boolean },
): Promise<void> {
  const { affected, choice, closings } = outcome;
  const isHeld = affected.length > 0;
  await recordChange(manager, {
    what: 'strategy.edit',
    subject: `strategy ${before.id}`,
    before: { ...(await settingsOf(manager, before)), ...(isHeld && { held: heldData(affected) }) },
    after: {
      ...(await settingsOf(manager, after)),
      ...(isHeld && { choice, ...closingData(closings) }),
      ...(squaresOffNow && { squared_off_now: true }),
    },
  });
}

async function settingsOf({ db }: Manager, strategy: Strategy) {
  const { accountId } = strategy;
  const account = accountId === null ? undefined : await findAccount(db, accountId);
  return strategySettings({ strategy, accountName: account?.name ?? null });
}
