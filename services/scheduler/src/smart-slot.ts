import type { AccountId } from '@orderlane/domain/ids';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { type SlotDeps, waitForSlot } from './slot.ts';

export type SmartSlotDeps = SlotDeps;

/**
 * Waits for a smart order's turn at the account's gate, without sending one: some brokers answer the
 * position book once a second, and a smart order whose own look at it fails takes the account for
 * flat. Gives up after `withinMs`, or at once when Redis is away: then no smart order goes out either.
 */
export async function waitForSmartSlot(
  deps: SmartSlotDeps,
  args: { accountId: AccountId; limits: AccountLimits; withinMs: number },
): Promise<void> {
  const { accountId, limits, withinMs } = args;
  const question = { accountId, limits, role: 'exit', lane: 'smart' } as const;
  await waitForSlot(deps, { question, withinMs });
}
