import type { AccountGate, GateQuestion } from '@orderlane/queue/account-gate';

export interface SlotDeps {
  gate: AccountGate;
  /** Monotonic clock (ms). */
  monotonicNow(): number;
  sleep(ms: number): Promise<void>;
  /** Aborted when the process is asked to stop: what has no slot yet is left to others. */
  shutdown: AbortSignal;
}

/** A grant of the gate, with the moment it was asked for: it ages from there. */
export interface Slot {
  askedAt: number;
}

// So that a process that is asked to stop, or an order that is cancelled, is not kept waiting.
const longestSleepMs = 500;

/**
 * Asks the gate until it grants, and again whenever the grant took too long to arrive: a process
 * that was stopped in between must not call on an old grant, others have been let through since.
 * Undefined when `until` (monotonic, ms) passes first, or the process is asked to stop.
 */
export async function waitForSlot(
  deps: SlotDeps,
  args: { question: GateQuestion; maxAgeMs: number; until: number },
): Promise<Slot | undefined> {
  for (;;) {
    const askedAt = deps.monotonicNow();
    if (askedAt >= args.until || deps.shutdown.aborted) return undefined;
    const waitMs = await deps.gate.ask(args.question);
    if (waitMs === 0 && deps.monotonicNow() - askedAt <= args.maxAgeMs) return { askedAt };
    if (waitMs > 0) await deps.sleep(Math.min(waitMs, longestSleepMs));
  }
}
