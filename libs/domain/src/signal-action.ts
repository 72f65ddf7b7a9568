import type { Action, Role } from './order-plan.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { TradingMode } from './strategy.ts';

const texts: Record<TradingMode, string> = {
  LONG: 'Invalid action for LONG mode. Use BUY to enter, SELL to exit',
  SHORT: 'Invalid action for SHORT mode. Use SELL to enter, BUY to exit',
  BOTH: 'Invalid action. Use BUY or SELL',
};

/**
 * The action that a word means: BUY and SELL everywhere, in SHORT also SHORT (SELL) and COVER (BUY).
 * @param word trimmed and upper-cased
 */
export function actionOf(mode: TradingMode, word: string): Action | undefined {
  if (word === 'BUY' || word === 'SELL') return word;
  if (mode !== 'SHORT') return undefined;
  if (word === 'SHORT') return 'SELL';
  return word === 'COVER' ? 'BUY' : undefined;
}

export function refuseAction(mode: TradingMode): Refusal {
  return refuse('invalid_action', { text: texts[mode] });
}

/**
 * Which end of the trading window a signal is held against. An unknown action counts as an entry,
 * and a BOTH signal without a position size as an exit, as OpenAlgo has it.
 */
export function windowRoleOf(mode: TradingMode, word: string, positionSize: number | null): Role {
  const action = actionOf(mode, word);
  if (mode === 'LONG') return action === 'SELL' ? 'exit' : 'entry';
  if (mode === 'SHORT') return action === 'BUY' ? 'exit' : 'entry';
  if (positionSize === null || positionSize === 0) return 'exit';
  const against = positionSize > 0 ? 'SELL' : 'BUY';
  return action === against ? 'exit' : 'entry';
}
