import { type History, named, orderOf } from './history.ts';

/** No claim that lay within a brake's time took what the brake holds. */
export function brakesHold(history: History): string[] {
  return history.log.claims.flatMap(({ orderId, began, ended, result }) => {
    if (result.verdict !== 'taken') return [];
    const order = orderOf(history, orderId);
    return history.log.brakes
      .filter(
        ({ holds, strategyId, set, released }) =>
          (holds === 'everything' || order.role === 'entry') &&
          (strategyId === undefined || strategyId === order.strategy_id) &&
          set < began &&
          ended < released,
      )
      .map(() => `${named(order)} was claimed while a brake held it`);
  });
}
