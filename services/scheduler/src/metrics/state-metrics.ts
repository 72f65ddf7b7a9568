import type { Metrics } from '@orderlane/runtime/metrics';
import { accountFigures } from './account-figures.ts';
import { type ShownFigures, showFigures } from './figure.ts';
import { orderFigures } from './order-figures.ts';
import type { DispatcherState, StoredState } from './read-state.ts';
import { postgresFigures, redisFigures } from './store-figures.ts';
import { workFigures } from './work-figures.ts';

type Store = 'postgres' | 'redis';

export interface StateMetrics {
  stored: ShownFigures<StoredState>;
  dispatcher: ShownFigures<DispatcherState>;
  /** Whether a store answered. */
  up(store: Store, isUp: boolean): void;
  /** What belongs to this process alone. */
  own(figures: { marketsOpen: boolean; alertTargets: number }): void;
}

/** Everything that is read now and then of the whole system; each scheduler shows the same. */
export function createStateMetrics(metrics: Metrics): StateMetrics {
  const stores = metrics.gauge({
    name: 'orderlane_store_up',
    help: '1: the store answered when it was last asked',
    labels: ['store'],
  });
  const markets = metrics.gauge({
    name: 'orderlane_markets_open',
    help: '1: some market is open, by the calendar and the trading clock',
    labels: [],
  });
  const targets = metrics.gauge({
    name: 'orderlane_alert_targets',
    help: 'Targets to which this scheduler sends alerts',
    labels: [],
  });
  const figures = [...orderFigures, ...accountFigures, ...workFigures, ...postgresFigures];
  return {
    stored: showFigures(metrics, figures),
    dispatcher: showFigures(metrics, redisFigures),
    up: (store, isUp) => stores.set({ store }, Number(isUp)),
    own({ marketsOpen, alertTargets }) {
      markets.set({}, Number(marketsOpen));
      targets.set({}, alertTargets);
    },
  };
}
