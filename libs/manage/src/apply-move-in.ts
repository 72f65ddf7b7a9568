import type { AccountRow } from '@orderlane/db/accounts';
import { findStrategy, insertMapping, insertStrategy } from '@orderlane/db/strategies';
import { listWebhookOwners, releaseWebhook } from '@orderlane/db/webhook-owners';
import { brandIds, type StrategyId } from '@orderlane/domain/ids';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { mappingData } from './mapping-data.ts';
import type { MovedStrategy } from './plan-move-in.ts';
import { recordChange } from './record-change.ts';
import { strategyColumns } from './strategy-columns.ts';
import { strategySettings } from './strategy-data.ts';
import { refuseSecond } from './unique.ts';

/**
 * Makes the strategies that a plan calls new, all or none, with their webhooks' addresses and inactive.
 * The plan must be of the same transaction.
 * @returns the plan with the numbers of what was made
 * @throws ManageError strategy_exists when somebody made one of the same name meanwhile
 */
export async function applyMoveIn(
  manager: Manager,
  { plan, account }: { plan: readonly MovedStrategy[]; account: AccountRow },
): Promise<MovedStrategy[]> {
  const made: MovedStrategy[] = [];
  for (const moved of plan) made.push(await make(manager, { moved, account }));
  for (const { state, strategyId, from } of made) {
    if (state === 'new' && strategyId !== null)
      await record(manager, { strategyId, from, account });
  }
  return made;
}

async function make(
  { db }: Manager,
  { moved, account }: { moved: MovedStrategy; account: AccountRow },
): Promise<MovedStrategy> {
  const { draft, state, webhookId } = moved;
  if (state !== 'new' || draft === undefined || webhookId === undefined) return moved;
  const webhook = brandIds.webhook(webhookId);
  for (const { id, isDeleted } of await listWebhookOwners(db, [webhook])) {
    if (isDeleted) await releaseWebhook(db, id);
  }
  const insert = insertStrategy(db, {
    ...strategyColumns(draft),
    user_id: account.user_id,
    account_id: account.id,
    webhook_id: webhook,
    is_active: false,
  });
  const text = `There is a strategy "${draft.name}" already, or one with its webhook: run the import again`;
  const strategyId = await refuseSecond(insert, new ManageError('strategy_exists', text));
  for (const { id: _, ...mapping } of draft.mappings) {
    await insertMapping(db, { strategyId, ...mapping });
  }
  return { ...moved, strategyId };
}

async function record(
  manager: Manager,
  args: { strategyId: StrategyId; from: MovedStrategy['from']; account: AccountRow },
): Promise<void> {
  const { strategyId, from, account } = args;
  const strategy = await findStrategy(manager.db, strategyId);
  if (strategy === undefined) return;
  await recordChange(manager, {
    what: 'strategy.import',
    subject: `strategy ${strategyId}`,
    after: {
      ...strategySettings({ strategy, accountName: account.name }),
      mappings: strategy.mappings.map(mappingData),
      from: `OpenAlgo ${from.source} ${from.id}`,
    },
  });
}
