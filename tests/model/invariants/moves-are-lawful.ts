import { orderMoves } from '@orderlane/domain/order';
import { type History, named } from './history.ts';

/** Every move begins where the one before ended, and is one that the order's life has. */
export function movesAreLawful(history: History): string[] {
  return [...history.orders.values()].flatMap(({ order, moves }) =>
    moves.flatMap(({ from, to }, index) => {
      const before = moves[index - 1]?.to ?? null;
      const isLawful = from === null || orderMoves[from].includes(to);
      return from === before && isLawful
        ? []
        : [`${named(order)} stood at ${before} and moved from ${from} to ${to}`];
    }),
  );
}
