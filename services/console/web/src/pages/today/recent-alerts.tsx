import { Alert, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../api/queries.ts';
import { Go } from '../../parts/go.tsx';
import { todayText, When } from '../../parts/when.tsx';

const mostShown = 5;

/** Today's last alerts. */
export function RecentAlerts() {
  const { data } = useInfiniteQuery(alertsQuery);
  const today = (data?.pages ?? [])
    .flatMap(({ rows }) => rows)
    .filter(({ last_at }) => todayText(new Date(last_at)) === todayText());
  if (today.length === 0) return null;
  return (
    <Alert color="orange" title={`${today.length} alerts today`}>
      {today.slice(0, mostShown).map(({ id, last_at, text }) => (
        <Text size="sm" key={id}>
          <When at={last_at} /> {text}
        </Text>
      ))}
      <Go to="/alerts">All alerts</Go>
    </Alert>
  );
}
