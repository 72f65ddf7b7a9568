import { type Refusal, refuse } from '@orderlane/domain/refusal';
import type { PlanResult } from './store-signal.ts';

/** Why the store did not queue plans that the domain would have: one for each that it left out. */
export function lateRefusals(results: readonly PlanResult[]): Refusal[] {
  return results.flatMap(({ result, symbol }) => {
    if (result === 'duplicate') return [refuse('duplicate_signal', { symbol })];
    return result === 'refused' ? [refuse('max_orders_per_day', { symbol })] : [];
  });
}
