import { type FormerMapping, orphanedBy, type Reach } from './former-mapping.ts';
import type { Place } from './place.ts';
import type { PositionScope, TradingMode } from './strategy.ts';

/**
 * What is to become of what a strategy holds when a change would take its signals away from it:
 * exits go on reaching it, it is closed now, or it is its owner's to close.
 */
export const heldChoices = ['keep', 'close_now', 'forget'] as const;
export type HeldChoice = (typeof heldChoices)[number];

/** The parts of a strategy on which it depends who closes what. */
export interface Traded extends Reach {
  tradingMode: TradingMode | null;
  positionScope: PositionScope;
}

export interface HeldChange<P extends Place> {
  before: Traded;
  /** Undefined: the strategy is to be deleted. */
  after: Traded | undefined;
  /** Where it holds something, or may come to. */
  held: readonly P[];
  choice: HeldChoice;
}

export interface HeldChangePlan<P extends Place> {
  /** Whom the change concerns: their entries that were not sent yet are void. */
  affected: P[];
  /** Kept for exits until nothing is held there. What is closed now is kept too: closing may take long, or fail. */
  former: FormerMapping[];
  close: P[];
  forget: P[];
}

/**
 * What a change means for what is held. A strategy that is deleted keeps its mappings, for exits, until
 * it is flat; a change of trading mode or position scope concerns all that it holds, though its
 * signals still reach it.
 */
export function planHeldChange<P extends Place>(change: HeldChange<P>): HeldChangePlan<P> {
  const { before, after, held, choice } = change;
  const orphaned = after === undefined ? [] : orphanedBy({ before, after }, held);
  const isAll = after === undefined || isTradedOtherwise(before, after);
  const affected = held.filter((place) => isAll || orphaned.some((each) => isAt(each, place)));
  return {
    affected,
    former: choice === 'forget' ? [] : orphaned,
    close: choice === 'close_now' ? affected : [],
    forget: choice === 'forget' ? affected : [],
  };
}

/** The scope under which it is closed: the narrower one, so that nothing of others is. */
export function closingScope(before: Traded, after: Traded | undefined): PositionScope {
  const scopes = [before.positionScope, after?.positionScope];
  return scopes.includes('strategy') ? 'strategy' : 'account';
}

function isTradedOtherwise(before: Traded, after: Traded): boolean {
  return before.tradingMode !== after.tradingMode || before.positionScope !== after.positionScope;
}

function isAt(left: Place, right: Place): boolean {
  return (
    left.accountId === right.accountId &&
    left.exchange === right.exchange &&
    left.symbol === right.symbol &&
    left.product === right.product
  );
}
