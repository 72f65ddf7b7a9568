import { Alert, Group, List, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../api/queries.ts';
import { AboutAlert } from '../../parts/about-alert.tsx';
import { Go } from '../../parts/go.tsx';
import { todayText, When } from '../../parts/when.tsx';

const mostShown = 5;

/** Today's last alerts, each with the way to what it is about. */
export function RecentAlerts() {
  const { data } = useInfiniteQuery(alertsQuery);
  const today = (data?.pages ?? [])
    .flatMap(({ rows }) => rows)
    .filter(({ last_at }) => todayText(new Date(last_at)) === todayText());
  if (today.length === 0) return null;
  const title = today.length === 1 ? '1 alert today' : `${today.length} alerts today`;
  return (
    <Alert color="orange" title={title}>
      <List listStyleType="none" spacing={6} mb="xs">
        {today.slice(0, mostShown).map((alert) => (
          <List.Item key={alert.id}>
            <Group gap="xs" wrap="nowrap" align="baseline">
              <Text size="sm" span>
                <When at={alert.last_at} />
              </Text>
              <Text size="sm" span className="wrapped">
                {alert.text} <AboutAlert alert={alert} />
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
      <Go to="/alerts">All alerts</Go>
    </Alert>
  );
}
