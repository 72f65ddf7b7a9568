import { type History, named, orderOf } from './history.ts';

/** What was stored before another store began has the lower number. */
export function numberedInOrder(history: History): string[] {
  const { stores } = history.log;
  return stores.flatMap((later) =>
    stores
      .filter((earlier) => earlier.ended < later.began)
      .flatMap((earlier) => earlier.orderIds.map((id) => orderOf(history, id)))
      .flatMap((first) =>
        later.orderIds
          .map((id) => orderOf(history, id))
          .filter(
            (second) =>
              second.strategy_instrument_id === first.strategy_instrument_id &&
              second.seq < first.seq,
          )
          .map((second) => `${named(second)} was stored after ${named(first)}`),
      ),
  );
}
