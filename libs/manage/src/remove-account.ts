import { type AccountRow, lockAccount } from '@orderlane/db/accounts';
import { listStrategiesOn, removeAccountWhenFlat } from '@orderlane/db/change-accounts';
import { lockStrategy } from '@orderlane/db/change-strategies';
import { type HeldPlace, listHeldPlaces } from '@orderlane/db/held-places';
import { endWhatIsFlat } from '@orderlane/db/let-go';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import { planHeldChange } from '@orderlane/domain/plan-held-change';
import { accountData } from './account-data.ts';
import { heldData } from './describe-held.ts';
import { closingData } from './exit-strategy.ts';
import { getAccount, getStrategy } from './find-owned.ts';
import { type HeldAsked, type HeldOutcome, settleHeld } from './held-change.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

export interface RemovedAccount extends HeldOutcome {
  account: AccountRow;
  /** False: it serves exits until nothing is held there any more, and goes then. */
  isGone: boolean;
}

/**
 * Takes an account away that no strategy trades on. Where strategies that moved elsewhere, or are
 * being deleted, still hold something there, it goes once that is flat; its orders stay as history.
 * @throws ManageError unknown_account, account_in_use, orders_on_their_way
 */
export async function removeAccount(
  manager: Manager,
  args: { accountId: AccountId; asked: HeldAsked },
): Promise<RemovedAccount> {
  const { db } = manager;
  const { accountId, asked } = args;
  const account = await getAccount(manager, accountId);
  await lockAccount(db, accountId);
  await refuseInUse(manager, accountId);
  const held = await listHeldPlaces(db, { accountId });
  const outcomes: HeldOutcome[] = [];
  for (const [strategyId, places] of Map.groupBy(held, (place) => place.strategyId)) {
    outcomes.push(await settleOf(manager, { strategyId, places, asked }));
  }
  await removeAccountWhenFlat(db, accountId);
  const gone = await endWhatIsFlat(db);
  const isGone = gone.some(({ kind, id }) => kind === 'account' && id === accountId);
  const outcome = together(outcomes, asked);
  await recordChange(manager, {
    what: 'account.delete',
    subject: `account ${accountId}`,
    before: { ...accountData(account), held: heldData(held) },
    after: { choice: asked.choice, gone: isGone, ...closingData(outcome.closings) },
  });
  return { account, isGone, ...outcome };
}

/** One that is being deleted itself is in nobody's way. */
async function refuseInUse({ db }: Manager, accountId: AccountId): Promise<void> {
  const names = (await listStrategiesOn(db, accountId))
    .filter((strategy) => !strategy.delete_when_flat)
    .map(({ name }) => name);
  if (names.length === 0) return;
  throw new ManageError('account_in_use', `Strategies trade on it: ${names.join(', ')}`);
}

async function settleOf(
  manager: Manager,
  args: { strategyId: StrategyId; places: HeldPlace[]; asked: HeldAsked },
): Promise<HeldOutcome> {
  const { strategyId, places, asked } = args;
  await lockStrategy(manager.db, strategyId);
  const before = await getStrategy(manager, strategyId);
  const plan = planHeldChange({ before, after: undefined, held: places, choice: asked.choice });
  return await settleHeld(manager, { before, after: undefined, asked, plan });
}

function together(outcomes: readonly HeldOutcome[], { choice }: HeldAsked): HeldOutcome {
  return {
    choice,
    affected: outcomes.flatMap(({ affected }) => affected),
    closings: {
      orders: outcomes.flatMap(({ closings }) => closings.orders),
      exits: outcomes.flatMap(({ closings }) => closings.exits),
      joined: outcomes.flatMap(({ closings }) => closings.joined),
    },
  };
}
