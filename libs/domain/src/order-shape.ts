import { closableNow, expectedPosition, type Held, holdsNothing } from './held.ts';
import type { MappedSymbol } from './mapping.ts';
import type { Action, OrderPlan } from './order-plan.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SignalSymbol } from './signal.ts';
import { quantityOf } from './sizing.ts';
import type { Strategy } from './strategy.ts';
import { type Direction, type EntryWish, sideOfEntry } from './wish.ts';

/** The part of a plan that says what to order. */
export type OrderShape = Pick<OrderPlan, 'action' | 'quantity' | 'targetPosition' | 'ownTarget'>;

interface Asked {
  symbol: SignalSymbol;
  mapped: MappedSymbol;
  action: Action;
  signalQuantity: number | 'bad' | null;
}

interface EntryOf {
  wish: EntryWish;
  held: Held;
}

/**
 * An entry: by quantity, to a target of the strategy's own position (a regular order of the
 * difference), or, for a BOTH strategy of scope account, to a target of the account's (smart).
 */
export function shapeEntry(
  strategy: Pick<Strategy, 'positionScope'>,
  asked: Asked,
  { wish, held }: EntryOf,
): OrderShape | Refusal {
  const direction = sideOfEntry(wish);
  if (wish.kind === 'enter') {
    const quantity = quantityOf(asked);
    return typeof quantity === 'object' ? quantity : regular(direction, quantity, null);
  }
  if (wish.anySide && strategy.positionScope === 'account') {
    return shapeSmartTarget(asked, wish.target);
  }
  const quantity = (wish.target - expectedPosition(held)) * direction;
  return quantity > 0
    ? regular(direction, quantity, wish.target)
    : refuse('already_at_target', { symbol: asked.symbol.symbolAsSent });
}

/** OpenAlgo uses the quantity of a smart order only where target and position are both 0. */
function shapeSmartTarget(asked: Asked, target: number): OrderShape | Refusal {
  const quantity = quantityOf(asked);
  if (typeof quantity === 'object') return quantity;
  return {
    action: asked.action,
    quantity,
    targetPosition: target,
    ownTarget: null,
  };
}

/**
 * A partial exit down to `target`, always a regular order of an exact quantity: a smart order could
 * open a position where none is.
 */
export function shapeReduce(
  asked: Asked,
  { held, target }: { held: Held; target: number },
): OrderShape | Refusal {
  const symbol = asked.symbol.symbolAsSent;
  const direction: Direction = target > 0 ? 1 : -1;
  const expected = expectedPosition(held) * direction;
  if (expected <= 0) {
    const isClosing = held.own * direction > 0;
    return refuse(isClosing ? 'exit_already_coming' : 'nothing_to_exit', { symbol });
  }
  if (expected <= Math.abs(target)) return refuse('already_at_target', { symbol });
  const quantity = Math.max(0, closableNow(held) - Math.abs(target));
  return regular(opposite(direction), quantity, target);
}

/**
 * An exit of everything. Scope account: a smart order to 0, which closes whatever the account holds
 * and never opens. Scope strategy, and CNC of which the strategy holds something (smart orders do
 * not see holdings): a regular order of what the strategy itself holds.
 */
export function shapeClose(
  strategy: Pick<Strategy, 'positionScope'>,
  asked: Asked,
  close: CloseOf,
): OrderShape | Refusal {
  const isCnc = asked.mapped.instrument.product === 'CNC';
  if (isCnc && close.direction === -1) {
    return refuse('product_no_short', { symbol: asked.symbol.symbolAsSent });
  }
  const isAccount = strategy.positionScope === 'account' && !(isCnc && !holdsNothing(close.held));
  return isAccount ? shapeCloseAccount(asked, close) : shapeCloseOwn(asked, close);
}

interface CloseOf {
  held: Held;
  direction: Direction | 0;
  /** Whether a session of the instrument's exchange is open. */
  isInSession: boolean;
}

function shapeCloseAccount(asked: Asked, { held, isInSession }: CloseOf): OrderShape | Refusal {
  // OpenAlgo sees no order that rests for the next session, and would close the same once more.
  return !isInSession && held.own !== 0 && expectedPosition(held) === 0
    ? refuse('exit_already_coming', { symbol: asked.symbol.symbolAsSent })
    : { action: asked.action, quantity: 0, targetPosition: 0, ownTarget: null };
}

function shapeCloseOwn(asked: Asked, { held, direction }: CloseOf): OrderShape | Refusal {
  const symbol = asked.symbol.symbolAsSent;
  if (holdsNothing(held)) return refuse('nothing_to_exit', { symbol });
  const side = sideOf(held);
  if (direction !== 0 && side !== direction) return refuse('nothing_to_exit', { symbol });
  if (expectedPosition(held) === 0) return refuse('exit_already_coming', { symbol });
  return regular(opposite(side), closableNow(held), 0);
}

/** The side that is to be closed in the end: a reversal on its way turns the position around. */
function sideOf(held: Held): Direction {
  return (expectedPosition(held) || held.own) > 0 ? 1 : -1;
}

function opposite(direction: Direction): Direction {
  return direction === 1 ? -1 : 1;
}

function regular(direction: Direction, quantity: number, ownTarget: number | null): OrderShape {
  return {
    action: direction === 1 ? 'BUY' : 'SELL',
    quantity,
    targetPosition: null,
    ownTarget,
  };
}
