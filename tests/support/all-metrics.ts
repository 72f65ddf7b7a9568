import { createExecutorMetrics } from '@orderlane/executor/executor-metrics';
import { createIngressMetrics } from '@orderlane/ingress/ingress-metrics';
import { createMetrics, type Metrics } from '@orderlane/runtime/metrics';
import { createSettledMetrics } from '@orderlane/scheduler/metrics/settled-metrics';
import { createStateMetrics } from '@orderlane/scheduler/metrics/state-metrics';

/** What each process registers, as its `main.ts` does, by the name of its job in Prometheus. */
export function registerAll(): Map<string, Metrics> {
  const ingress = createMetrics('ingress');
  createIngressMetrics(ingress);
  const executor = createMetrics('executor');
  createExecutorMetrics(executor);
  const scheduler = createMetrics('scheduler');
  createSettledMetrics(scheduler);
  createStateMetrics(scheduler);
  const console = createMetrics('console');
  return new Map(Object.entries({ ingress, executor, scheduler, console }));
}
