import type { AccountId } from '@orderlane/domain/ids';
import type { AccountGate, AccountLimits } from '@orderlane/queue/account-gate';

export interface SmartSlotDeps {
  gate: Pick<AccountGate, 'ask'>;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  sleep(ms: number): Promise<void>;
}

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
  const until = deps.monotonicNow() + withinMs;
  const question = { accountId, limits, role: 'exit', lane: 'smart' } as const;
  while (deps.monotonicNow() < until) {
    const waitMs = await deps.gate.ask(question).catch(() => 0);
    if (waitMs === 0) return;
    await deps.sleep(Math.min(waitMs, Math.max(1, until - deps.monotonicNow())));
  }
}
