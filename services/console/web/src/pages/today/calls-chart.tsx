import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import type { Today } from '../../api/types.ts';
import { lastHour } from './last-hour.ts';

interface CallsChartProps {
  minutes: Today['calls_by_minute'];
}

/** How busy the last hour was. Loaded by itself: charts are most of the weight of this page. */
// biome-ignore lint/style/noDefaultExport: what is loaded by itself is its module's default
export default function CallsChart({ minutes }: CallsChartProps) {
  const total = minutes.reduce((sum, { calls }) => sum + calls, 0);
  const data = lastHour(minutes, Date.now());
  return (
    <>
      <Text size="xs" className="quiet">
        {total} calls in the last hour
      </Text>
      {total > 0 && (
        <BarChart
          h={120}
          data={data}
          dataKey="at"
          series={[{ name: 'calls', color: 'lane' }]}
          gridAxis="y"
          xAxisProps={{ interval: 9 }}
          yAxisProps={{ allowDecimals: false, width: 30 }}
        />
      )}
    </>
  );
}
