import { closableNow, expectedPosition, type Held, holdsNothing } from './held.ts';
import type { AccountId } from './ids.ts';
import { type Instrument, instrumentKey } from './instrument.ts';
import type { Priority } from './lane.ts';
import type { Action, OrderPlan } from './order-plan.ts';
import type { TradingModeSeen } from './outcome.ts';
import type { PositionScope } from './strategy.ts';

/** Where a strategy holds, or awaits, something: on the account that built it. */
export interface HeldThere {
  accountId: AccountId;
  instrument: Instrument;
  held: Held;
}

/**
 * What was built in the mode in which OpenAlgo is not now: its exit waits until it is back. Nothing of it is
 * coming: what orders of the other mode may still fill is not known.
 */
export interface HeldInOtherMode extends HeldThere {
  mode: TradingModeSeen;
}

/** What makes an exit that no signal asked for. */
export type ClosingCause = 'square_off' | 'flatten' | 'person' | 'late_fill';

/** The first order of a closing, on the account that holds the position. */
export interface ExitPlan
  extends Pick<
    OrderPlan,
    | 'role'
    | 'lane'
    | 'priority'
    | 'action'
    | 'quantity'
    | 'targetPosition'
    | 'ownTarget'
    | 'expiresInMs'
    | 'notBeforeMs'
  > {
  accountId: AccountId;
  instrument: Instrument;
  cause: ClosingCause;
  /** Where it is not the account's mode now: it is not sent before OpenAlgo is back in it. */
  mode?: TradingModeSeen;
}

interface Asked {
  cause: ClosingCause;
  priority: Priority;
  expiresInMs: number;
  notBeforeMs: number | null;
}

/** One text for an instrument on an account. */
export function exitKey({ accountId, instrument }: Omit<HeldThere, 'held'>): string {
  return `${accountId}:${instrumentKey(instrument)}`;
}

/**
 * The exit of all that a strategy holds there. Scope strategy, and CNC, which smart orders do not see: a
 * regular order of what is its own now; what is only coming is closed once it has come. Scope
 * account: a smart order to 0, which closes what the account holds and never opens. Undefined: nothing
 * is held, so there is nothing to do.
 */
export function planClosing(
  strategy: { readonly positionScope: PositionScope },
  there: HeldThere & Partial<Pick<HeldInOtherMode, 'mode'>>,
  asked: Asked,
): ExitPlan | undefined {
  const { held, instrument, mode } = there;
  if (holdsNothing(held)) return undefined;
  const isOwn = strategy.positionScope === 'strategy' || instrument.product === 'CNC';
  return {
    ...{ accountId: there.accountId, instrument, ...asked },
    role: 'exit',
    lane: isOwn ? 'regular' : 'smart',
    action: closingAction(held),
    quantity: isOwn ? closableNow(held) : 0,
    targetPosition: isOwn ? null : 0,
    ownTarget: isOwn ? 0 : null,
    ...(mode !== undefined && { mode }),
  };
}

/** SELL closes what is long in the end: a reversal on its way turns the position around. */
export function closingAction(held: Held): Action {
  return (expectedPosition(held) || held.own) < 0 ? 'BUY' : 'SELL';
}
