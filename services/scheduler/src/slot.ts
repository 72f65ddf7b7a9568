import type { AccountGate, GateQuestion } from '@orderlane/queue/account-gate';

export interface SlotDeps {
  gate: Pick<AccountGate, 'ask'>;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  sleep(ms: number): Promise<void>;
}

/**
 * Asks the account's gate until it grants; false when `withinMs` passes first, or at once when
 * Redis is away.
 */
export async function waitForSlot(
  deps: SlotDeps,
  args: { question: GateQuestion; withinMs: number },
): Promise<boolean> {
  const until = deps.monotonicNow() + args.withinMs;
  while (deps.monotonicNow() < until) {
    const waitMs = await deps.gate.ask(args.question).catch(() => undefined);
    if (waitMs === undefined) return false;
    if (waitMs === 0) return true;
    await deps.sleep(Math.min(waitMs, Math.max(1, until - deps.monotonicNow())));
  }
  return false;
}
