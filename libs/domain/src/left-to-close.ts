import type { Action } from './order-plan.ts';

/** A strategy's own position and what a closing is to leave of it (signed shares). */
interface OwnAndTarget {
  own: number;
  target: number;
}

/**
 * What of the strategy's own position stays (signed shares): none of one on the other side of the target,
 * which a reversal was to turn that the exit made void.
 */
export function keptOf({ own, target }: OwnAndTarget): number {
  return own * target < 0 ? 0 : target;
}

/** The strategy's own position that is still to be closed (shares, unsigned). */
export function leftToClose(position: OwnAndTarget): number {
  return Math.max(0, Math.abs(position.own) - Math.abs(keptOf(position)));
}

/** SELL closes a long position. */
export function actionToClose({ own }: Pick<OwnAndTarget, 'own'>): Action {
  return own < 0 ? 'BUY' : 'SELL';
}
