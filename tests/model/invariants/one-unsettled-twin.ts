import type { OrderRow } from '@orderlane/db/orders';
import { type History, named } from './history.ts';
import { covers, stretchesOf } from './stretch.ts';

function fingerprint({ lane, exchange, symbol, product, action, quantity }: OrderRow): string {
  const instrument = [exchange, symbol, product];
  return [lane, ...instrument, ...(lane === 'smart' ? [] : [action, quantity])].join(':');
}

/** Of the entries of one fingerprint on the account, one at the most is unsettled at any moment. */
export function oneUnsettledTwin(history: History): string[] {
  const stretches = stretchesOf(history, [
    'submitting',
    'indeterminate',
    'awaiting_approval',
  ]).filter(({ order }) => order.role === 'entry');
  return stretches.flatMap((later) =>
    stretches
      .filter(
        (earlier) =>
          earlier !== later &&
          fingerprint(earlier.order) === fingerprint(later.order) &&
          covers(earlier, later.from),
      )
      .map(
        (earlier) =>
          `${named(later.order)} was claimed while its twin ${named(earlier.order)} was unsettled`,
      ),
  );
}
