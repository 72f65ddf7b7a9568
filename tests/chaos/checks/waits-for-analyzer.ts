import type { ClosingFact } from '../evidence/evidence.ts';

/**
 * A closing of what is held in the analyzer that somebody was told of: OpenAlgo is in mode live at the end,
 * so it waits for whoever turns the analyzer on again.
 */
export function waitsForAnalyzer({ status, mode, told }: ClosingFact): boolean {
  return status === 'open' && mode === 'analyze' && told.includes('mode_changed');
}
