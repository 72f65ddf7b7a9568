import { expectedPosition, type Held } from './held.ts';
import type { Action } from './order-plan.ts';
import type { RefusalCode } from './refusal.ts';
import type { ChartinkAction, TradingMode } from './strategy.ts';

/** 1: long, −1: short. */
export type Direction = 1 | -1;

/** What a signal asks for, before limits, scope and product are looked at. */
export type Wish =
  /** Open or increase by the mapping's quantity. */
  | { kind: 'enter'; direction: Direction }
  /** Bring the position to a target; `anySide` (BOTH): also across zero. */
  | { kind: 'reach'; target: number; anySide: boolean }
  /** Close down to a smaller position of the same sign. */
  | { kind: 'reduce'; target: number }
  /** Close everything; a direction of 0 closes either side. */
  | { kind: 'close'; direction: Direction | 0 }
  | { kind: 'nothing'; code: RefusalCode };

interface Asked {
  mode: TradingMode;
  action: Action;
  /** The sender's signed position after the order; null: not sent (never for BOTH). */
  positionSize: number | null;
}

export type EntryWish = Extract<Wish, { kind: 'enter' | 'reach' }>;
export type ExitWish = Extract<Wish, { kind: 'reduce' | 'close' }>;

/** The side that an entry is on. */
export function sideOfEntry(wish: EntryWish): Direction {
  if (wish.kind === 'enter') return wish.direction;
  return wish.target > 0 ? 1 : -1;
}

/** The decision table of trading mode, action and position size (docs/architecture.md). */
export function wishOf(asked: Asked, held: Held): Wish {
  if (asked.mode === 'BOTH') return wishOfBoth(asked.action, asked.positionSize ?? 0);
  const direction: Direction = asked.mode === 'LONG' ? 1 : -1;
  return directionOf(asked.action) === direction
    ? wishToEnter(direction, asked.positionSize)
    : wishToExit(direction, asked.positionSize, held);
}

/** ChartInk's four words need no position size: BUY and SHORT enter, SELL and COVER exit. */
export function wishOfScan(action: ChartinkAction): Wish {
  switch (action) {
    case 'BUY':
      return { kind: 'enter', direction: 1 };
    case 'SHORT':
      return { kind: 'enter', direction: -1 };
    case 'SELL':
      return { kind: 'close', direction: 1 };
    case 'COVER':
      return { kind: 'close', direction: -1 };
  }
}

export function directionOf(action: Action): Direction {
  return action === 'BUY' ? 1 : -1;
}

function wishToEnter(direction: Direction, positionSize: number | null): Wish {
  if (positionSize === null) return { kind: 'enter', direction };
  return positionSize * direction > 0
    ? { kind: 'reach', target: positionSize, anySide: false }
    : { kind: 'nothing', code: 'follows_other_side' };
}

/**
 * A part, where less is to be kept than is held or on its way: also when an exit to the same size is
 * coming already, and of entries that have not filled yet (decision 16).
 */
function wishToExit(direction: Direction, positionSize: number | null, held: Held): Wish {
  const kept = (positionSize ?? 0) * direction;
  const most = Math.max(held.own * direction, expectedPosition(held) * direction);
  const isPart = kept > 0 && kept < most;
  return isPart ? { kind: 'reduce', target: kept * direction } : { kind: 'close', direction };
}

function wishOfBoth(action: Action, positionSize: number): Wish {
  if (positionSize === 0) return { kind: 'close', direction: 0 };
  return Math.sign(positionSize) === directionOf(action)
    ? { kind: 'reach', target: positionSize, anySide: true }
    : { kind: 'reduce', target: positionSize };
}
