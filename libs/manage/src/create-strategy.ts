import type { AccountRow } from '@orderlane/db/accounts';
import { insertStrategy } from '@orderlane/db/strategies';
import { checkStrategy, type StrategyDraft } from '@orderlane/domain/check-strategy';
import { brandIds } from '@orderlane/domain/ids';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { Strategy } from '@orderlane/domain/strategy';
import { checkSaved } from './check-saved.ts';
import { getOpenAccount } from './find-owned.ts';
import { ManageError, saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { newWebhookId } from './new-webhook-id.ts';
import { recordChange } from './record-change.ts';
import { strategyColumns } from './strategy-columns.ts';
import { strategySettings } from './strategy-data.ts';
import { refuseSecond } from './unique.ts';

/** A new strategy's own settings; mappings come later. */
export type NewStrategy = Omit<StrategyDraft, 'isActive' | 'mappings'>;

/**
 * Makes a strategy on an account, whose owner owns it.
 * @throws ManageError invalid_strategy, strategy_exists, position_shared
 */
export async function createStrategy(
  manager: Manager,
  args: { account: AccountRow; draft: NewStrategy; today: Temporal.PlainDate },
): Promise<{ strategy: Strategy; warnings: readonly SaveIssue[] }> {
  const { account, draft, today } = args;
  await getOpenAccount(manager, account.id);
  const { issues } = checkStrategy({ ...draft, isActive: true, mappings: [] }, today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  const strategyId = await insertDraft(manager, draft, account);
  const saved = await checkSaved(manager, { strategyId, today });
  await recordChange(manager, {
    what: 'strategy.create',
    subject: `strategy ${strategyId}`,
    after: strategySettings({ strategy: saved.strategy, accountName: account.name }),
  });
  return saved;
}

async function insertDraft(
  { db }: Manager,
  draft: NewStrategy,
  account: AccountRow,
): Promise<Strategy['id']> {
  const insert = insertStrategy(db, {
    user_id: account.user_id,
    account_id: account.id,
    webhook_id: brandIds.webhook(newWebhookId()),
    ...strategyColumns(draft),
  });
  const text = `There is a strategy "${draft.name}" already`;
  return await refuseSecond(insert, new ManageError('strategy_exists', text));
}
