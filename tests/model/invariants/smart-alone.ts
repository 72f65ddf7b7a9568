import { type History, named } from './history.ts';
import { covers, stretchesOf } from './stretch.ts';

/**
 * A smart order moves the account's whole position: it is not claimed while another order of the
 * account's instrument may still fill; an exit not beside another exit, nor within its bound of an entry's claim.
 */
export function smartAlone(history: History): string[] {
  const open = ['submitting', 'indeterminate', 'awaiting_approval', 'accepted'] as const;
  const stretches = stretchesOf(history, open);
  return stretches
    .filter(({ order }) => order.lane === 'smart')
    .flatMap((smart) =>
      stretches
        .filter((other) => {
          const sameSymbol = other.order.symbol === smart.order.symbol;
          const sinceMs = smart.from.getTime() - other.from.getTime();
          const isBounded = smart.order.role === 'exit' && other.order.role === 'entry';
          const waits = !isBounded || sinceMs < history.exitWaitMs;
          return other !== smart && sameSymbol && waits && covers(other, smart.from);
        })
        .map(
          (other) => `${named(smart.order)} was claimed while ${named(other.order)} was in flight`,
        ),
    );
}
