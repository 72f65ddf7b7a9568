import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

/** The lines of one metric, without its help. */
async function linesOf(metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> {
  const lines = (await metrics.text()).split('\n');
  return lines.filter((line) => line.startsWith(name) && !line.startsWith('#'));
}

test('a counter shows what is known as 0, so that the first time is an increase', async () => {
  const metrics = createMetrics('executor');
  const spec = { name: 'orderlane_x_total', help: 'x', labels: ['outcome'] } as const;
  const count = metrics.counter({ ...spec, known: [{ outcome: 'rejected' }] });
  count({ outcome: 'accepted' });
  expect(await linesOf(metrics, 'orderlane_x_total')).toEqual([
    'orderlane_x_total{outcome="rejected",service="executor"} 0',
    'orderlane_x_total{outcome="accepted",service="executor"} 1',
  ]);
});

test('a histogram takes milliseconds and shows seconds', async () => {
  const metrics = createMetrics('executor');
  const buckets = [0.1, 1];
  const observe = metrics.histogram({ name: 'x_seconds', help: 'x', labels: ['stage'], buckets });
  observe({ stage: 'sent' }, 500);
  expect(await linesOf(metrics, 'x_seconds')).toEqual([
    'x_seconds_bucket{le="0.1",service="executor",stage="sent"} 0',
    'x_seconds_bucket{le="1",service="executor",stage="sent"} 1',
    'x_seconds_bucket{le="+Inf",service="executor",stage="sent"} 1',
    'x_seconds_sum{service="executor",stage="sent"} 0.5',
    'x_seconds_count{service="executor",stage="sent"} 1',
  ]);
});

test('a histogram shows what is known as 0 from the start', async () => {
  const metrics = createMetrics('ingress');
  const spec = { name: 'x_seconds', help: 'x', labels: ['http_status'], buckets: [1] } as const;
  metrics.histogram({ ...spec, known: [{ http_status: '503' }] });
  expect(await linesOf(metrics, 'x_seconds_count')).toEqual([
    'x_seconds_count{service="ingress",http_status="503"} 0',
  ]);
});

test.each([null, Number.NaN, Number.POSITIVE_INFINITY, -1])(
  'what is no duration (%s) is left out, and fails nobody',
  async (durationMs) => {
    const metrics = createMetrics('executor');
    const observe = metrics.histogram({ name: 'x_seconds', help: 'x', labels: [], buckets: [1] });
    observe({}, durationMs);
    expect((await linesOf(metrics, 'x_seconds_count')).join()).not.toMatch(/[1-9]$/);
  },
);

test('a gauge shows nothing before it was set, and nothing when it is cleared', async () => {
  const metrics = createMetrics('scheduler');
  const gauge = metrics.gauge({ name: 'orderlane_age_seconds', help: 'x', labels: [] });
  const labelled = metrics.gauge({ name: 'orderlane_up', help: 'x', labels: ['store'] });
  expect(await linesOf(metrics, 'orderlane_')).toEqual([]);
  gauge.set({}, 3);
  labelled.set({ store: 'redis' }, 1);
  gauge.set({}, Number.NaN);
  expect(await linesOf(metrics, 'orderlane_')).toEqual([
    'orderlane_age_seconds{service="scheduler"} 3',
    'orderlane_up{store="redis",service="scheduler"} 1',
  ]);
  gauge.clear();
  labelled.clear();
  expect(await linesOf(metrics, 'orderlane_')).toEqual([]);
});
