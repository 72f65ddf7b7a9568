import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import type { Today } from '../../api/types.ts';
import { whenText } from '../../parts/when.tsx';

interface CallsChartProps {
  minutes: Today['calls_by_minute'];
}

/** How busy the last hour was. Loaded by itself: charts are most of the weight of this page. */
// biome-ignore lint/style/noDefaultExport: what is loaded by itself is its module's default
export default function CallsChart({ minutes }: CallsChartProps) {
  const total = minutes.reduce((sum, { calls }) => sum + calls, 0);
  const data = minutes.map(({ at, calls }) => ({ at: whenText(at).slice(0, 5), calls }));
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
        />
      )}
    </>
  );
}
