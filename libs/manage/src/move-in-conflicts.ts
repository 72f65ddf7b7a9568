import type { AccountRow } from '@orderlane/db/accounts';
import { listActiveStrategiesOf } from '@orderlane/db/strategies';
import { brandIds } from '@orderlane/domain/ids';
import { refuseSharedPosition } from '@orderlane/domain/position-shared';
import type { Strategy } from '@orderlane/domain/strategy';
import type { Manager } from './manager.ts';
import type { MovedStrategy } from './plan-move-in.ts';

/**
 * Which of them cannot be active together: OpenAlgo let them close each other's positions.
 * @param args.account undefined: not chosen yet, so that only the file's own are compared
 */
export async function findConflicts(
  { db }: Manager,
  args: { plan: readonly MovedStrategy[]; account: AccountRow | undefined },
): Promise<string[]> {
  const { plan, account } = args;
  const accountId = account?.id ?? brandIds.account(0);
  const active = account === undefined ? [] : await listActiveStrategiesOf(db, account.id);
  const meant = plan.map((moved, index) => asActive(moved, { accountId, index }));
  const conflicts: string[] = [];
  const earlier: Strategy[] = [...active];
  for (const strategy of meant.filter((each) => each !== undefined)) {
    const refusal = refuseSharedPosition(strategy, earlier);
    if (refusal !== undefined) conflicts.push(`"${strategy.name}": ${refusal.text}`);
    earlier.push(strategy);
  }
  return conflicts;
}

/** As if it were on already; one that is here is among the others where it is on. */
function asActive(
  { draft, state, webhookId }: MovedStrategy,
  { accountId, index }: { accountId: Strategy['accountId']; index: number },
): Strategy | undefined {
  if (draft === undefined || state !== 'new') return undefined;
  return {
    ...draft,
    id: brandIds.strategy(-1 - index),
    webhookId: brandIds.webhook(webhookId ?? ''),
    accountId,
    isActive: true,
    exitsOnly: false,
    formerMappings: [],
    version: 0,
  };
}
