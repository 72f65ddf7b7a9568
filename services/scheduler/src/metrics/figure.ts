import type { Metrics } from '@orderlane/runtime/metrics';

/** A value with its labels. */
export type Sample<L extends string> = [labels: Record<L, string>, value: number];

/** A gauge, and how what it shows follows from what was read. */
export interface Figure<State> {
  register(metrics: Metrics): { show(state: State): void; clear(): void };
}

/** @param spec.read one sample for each set of labels; a value that is not finite is left out */
export function figure<State, L extends string>(spec: {
  name: string;
  help: string;
  labels: readonly L[];
  read(state: State): Sample<L>[];
}): Figure<State> {
  return {
    register(metrics) {
      const gauge = metrics.gauge(spec);
      return {
        clear: gauge.clear,
        show(state) {
          gauge.clear();
          for (const [labels, value] of spec.read(state)) gauge.set(labels, value);
        },
      };
    },
  };
}

/** A gauge without labels. */
export function single<State>(spec: {
  name: string;
  help: string;
  read(state: State): number;
}): Figure<State> {
  return figure({ ...spec, labels: [], read: (state: State) => [[{}, spec.read(state)]] });
}

export interface ShownFigures<State> {
  show(state: State): void;
  /** What is not known (any more) is not shown. */
  clear(): void;
}

/** Registers figures that are read together. */
export function showFigures<State>(
  metrics: Metrics,
  figures: readonly Figure<State>[],
): ShownFigures<State> {
  const shown = figures.map((each) => each.register(metrics));
  return {
    show: (state) => {
      for (const each of shown) each.show(state);
    },
    clear: () => {
      for (const each of shown) each.clear();
    },
  };
}
