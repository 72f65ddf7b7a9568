import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Labels<L extends string> = Record<L, string>;

export interface MetricSpec<L extends string> {
  /** `orderlane_…` with its unit: `_seconds`, `_bytes`; a counter ends in `_total`. */
  name: string;
  help: string;
  /** Few values each: never a strategy, a symbol or an id of an order. */
  labels: readonly L[];
}

export interface CounterSpec<L extends string> extends MetricSpec<L> {
  /** Shown as 0 from the start: what happens for the first time is then an increase. */
  known?: readonly Labels<L>[];
}

export interface HistogramSpec<L extends string> extends CounterSpec<L> {
  /** Upper bounds (seconds). */
  buckets: readonly number[];
}

/** A figure as it stands now; what is not known (any more) is not shown. */
export interface GaugeMetric<L extends string> {
  set(labels: Labels<L>, value: number): void;
  clear(): void;
}

/** The figures of one process, in memory; recording one never fails and never waits. */
export interface Metrics {
  counter<L extends string>(spec: CounterSpec<L>): (labels: Labels<L>) => void;
  /** @returns records a duration in ms; one that is not known (null), or no duration, is left out */
  histogram<L extends string>(
    spec: HistogramSpec<L>,
  ): (labels: Labels<L>, durationMs: number | null) => void;
  gauge<L extends string>(spec: MetricSpec<L>): GaugeMetric<L>;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** What may be shown: its own labels are named of what parts of the process added only. */
  described(): { name: string; labels: readonly string[] }[];
}

/** Keeps the process's own figures (CPU, memory, event loop) and those that its parts add. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const described = registry
    .getMetricsAsArray()
    .map(({ name }) => ({ name, labels: [] as readonly string[] }));
  return {
    counter({ name, help, labels, known = [] }) {
      described.push({ name, labels });
      const counter = new Counter({ name, help, labelNames: labels, registers });
      for (const each of known) counter.inc(each, 0);
      return (each) => counter.inc(each);
    },
    histogram({ name, help, labels, buckets, known = [] }) {
      described.push({ name, labels });
      const options = { name, help, labelNames: labels, buckets: [...buckets], registers };
      const histogram = new Histogram(options);
      for (const each of known) histogram.zero(each);
      return (each, durationMs) => {
        if (durationMs === null || !(durationMs >= 0 && durationMs < Number.POSITIVE_INFINITY)) {
          return;
        }
        histogram.observe(each, durationMs / 1000);
      };
    },
    gauge({ name, help, labels }) {
      described.push({ name, labels });
      const gauge = new Gauge({ name, help, labelNames: labels, registers });
      const clear = () => {
        gauge.reset();
        // One without labels begins with 0, which nobody measured.
        if (labels.length === 0) gauge.remove({});
      };
      clear();
      return {
        set: (each, value) => {
          if (Number.isFinite(value)) gauge.set(each, value);
        },
        clear,
      };
    },
    text: async () => await registry.metrics(),
    contentType: registry.contentType,
    described: () => described,
  };
}
