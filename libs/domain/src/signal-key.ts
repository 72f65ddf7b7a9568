import type { Action, SignalKey } from './order-plan.ts';

/** The sender's key, which is compared together with symbol, action and position size. */
export function signalKey(
  value: string | null,
  action: Action,
  positionSize: number | null,
): SignalKey | null {
  if (value === null) return null;
  return { value, action, position: positionSize === null ? '' : String(positionSize) };
}
