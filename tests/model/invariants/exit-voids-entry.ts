import { type History, named, orderOf } from './history.ts';

/** No entry is claimed when a newer exit of its instrument was committed before the claim began. */
export function exitVoidsEntry(history: History): string[] {
  const exits = history.log.stores.flatMap(({ ended, orderIds }) =>
    orderIds
      .map((id) => orderOf(history, id))
      .filter(({ role }) => role === 'exit')
      .map((exit) => ({ exit, ended })),
  );
  return history.log.claims.flatMap(({ orderId, began, result }) => {
    const entry = orderOf(history, orderId);
    if (result.verdict !== 'taken' || entry.role !== 'entry') return [];
    return exits
      .filter(
        ({ exit, ended }) =>
          exit.strategy_instrument_id === entry.strategy_instrument_id &&
          exit.seq > entry.seq &&
          ended < began,
      )
      .map(({ exit }) => `${named(entry)} was claimed although ${named(exit)} was stored before`);
  });
}
